import type { NetworkChange } from "../domain/network-change.ts";
import { changeFacts } from "./change-facts.ts";

/** Colours of adaptive cards that themes of Teams know. */
const colours = {
  critical: "attention",
  high: "attention",
  medium: "warning",
  low: "accent",
  none: "default",
} as const;

/**
 * The message that a workflow of Microsoft Teams posts ("Post adaptive cards using a workflow": a message with one card).
 * Everything that others wrote stands in text runs, which know no links and no markdown.
 */
export function adaptiveCardMessage(change: NetworkChange): unknown {
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: `${change.severity}: ${change.summary}`,
    body: [
      {
        type: "TextBlock",
        size: "medium",
        weight: "bolder",
        wrap: true,
        color: colours[change.severity],
        text: `Network change, ${change.severity}: ${change.status}`,
      },
      text(change.summary),
      ...changeFacts(change).map(({ title, value }) => text(value, title)),
    ],
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

function text(value: string, title?: string): unknown {
  const runs = [{ type: "TextRun", text: value }];
  const heading = title === undefined ? [] : [{ type: "TextRun", weight: "bolder", text: `${title}: ` }];
  return { type: "RichTextBlock", spacing: "small", inlines: [...heading, ...runs] };
}
