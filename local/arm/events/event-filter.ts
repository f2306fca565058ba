import type { EventSubscriptionProperties } from "../platform/event-grid/event-subscription-properties.ts";
import { matchesAdvancedFilter } from "./advanced-filter.ts";
import { inSchema } from "./event-schema.ts";
import type { ResourceEvent } from "./resource-event.ts";

/** Whether a subscription wants an event: every one of its filters must. Source: Event Grid, "Understand event filtering". */
export function wantsEvent(subscription: EventSubscriptionProperties, event: ResourceEvent): boolean {
  const { filter } = subscription;
  if (filter === undefined) return true;
  const { includedEventTypes, isSubjectCaseSensitive, subjectBeginsWith, subjectEndsWith } = filter;
  if (includedEventTypes !== undefined && !includedEventTypes.includes(event.type)) return false;
  const cased = (text: string) => (isSubjectCaseSensitive === true ? text : text.toLowerCase());
  const subject = cased(event.subject);
  if (!subject.startsWith(cased(subjectBeginsWith)) || !subject.endsWith(cased(subjectEndsWith))) return false;
  const shown = inSchema(event, subscription.eventDeliverySchema);
  const onArrays = filter.enableAdvancedFilteringOnArrays === true;
  return (filter.advancedFilters ?? []).every((each) => matchesAdvancedFilter(each, shown, onArrays));
}
