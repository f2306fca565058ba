import { describe, expect, it } from "vitest";
import { wantsEvent } from "../../../local/arm/events/event-filter.ts";
import type { ResourceEvent } from "../../../local/arm/events/resource-event.ts";
import { parseEventSubscription } from "../../../local/arm/platform/event-grid/event-subscription-properties.ts";

const event: ResourceEvent = {
  id: "1",
  type: "Microsoft.Resources.ResourceWriteSuccess",
  topic: "/subscriptions/one",
  subject: "/subscriptions/one/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/NSG-A",
  time: "2026-11-20T00:00:00.0000000Z",
  data: { operationName: "Microsoft.Network/networkSecurityGroups/write" },
};
const destination = { endpointType: "StorageQueue", properties: { resourceId: "/st", queueName: "q" } };
const wanted = (filter: object | undefined, eventDeliverySchema = "CloudEventSchemaV1_0") =>
  wantsEvent(parseEventSubscription({ destination, eventDeliverySchema, ...(filter && { filter }) }), event);

describe("an event subscription wants an event", () => {
  it.each([
    ["without a filter", undefined],
    ["by its type", { includedEventTypes: [event.type] }],
    ["by the beginning of its subject, in any case", { subjectBeginsWith: "/SUBSCRIPTIONS/one/" }],
    ["by the end of its subject, in any case", { subjectEndsWith: "/nsg-a" }],
    ["by the case of its subject", { subjectEndsWith: "/NSG-A", isSubjectCaseSensitive: true }],
  ])("%s", (_how, filter) => {
    expect(wanted(filter)).toBe(true);
  });

  it.each([
    ["its type", { includedEventTypes: ["Microsoft.Resources.ResourceDeleteSuccess"] }],
    ["no type is wanted", { includedEventTypes: [] }],
    ["the beginning of its subject", { subjectBeginsWith: "/subscriptions/two/" }],
    ["the end of its subject", { subjectEndsWith: "/nsg-b" }],
    ["the case of its subject", { subjectEndsWith: "/nsg-a", isSubjectCaseSensitive: true }],
    [
      "one of two advanced filters",
      {
        advancedFilters: [
          { operatorType: "StringContains", key: "subject", values: ["NSG"] },
          { operatorType: "StringIn", key: "data.operationName", values: ["Microsoft.Network/routeTables/write"] },
        ],
      },
    ],
  ])("not, for %s", (_why, filter) => {
    expect(wanted(filter)).toBe(false);
  });

  it("by the members of the schema in which it is delivered", () => {
    const byType = (key: string) => ({ advancedFilters: [{ operatorType: "StringIn", key, values: [event.type] }] });
    expect([wanted(byType("type")), wanted(byType("eventType"))]).toEqual([true, false]);
    const schema = "EventGridSchema";
    expect([wanted(byType("type"), schema), wanted(byType("eventType"), schema)]).toEqual([false, true]);
  });
});
