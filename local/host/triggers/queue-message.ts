import type { DequeuedMessageItem } from "@azure/storage-queue";
import type { RpcTypedData } from "../core/core-api.ts";
import type { QueueConfiguration } from "./queue-configuration.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text of a message; undefined where it is not encoded as host.json says. */
export function decodedText(text: string, encoding: QueueConfiguration["messageEncoding"]): string | undefined {
  if (encoding === "none") return text;
  return base64.test(text) ? Buffer.from(text, "base64").toString("utf8") : undefined;
}

/** What a function hears of its message. Source: "Azure Queue storage trigger", section "Message metadata". */
export function queueMetadata(message: DequeuedMessageItem, text: string): Record<string, RpcTypedData> {
  const { dequeueCount, messageId, popReceipt, insertedOn, expiresOn, nextVisibleOn } = message;
  const time = (at: Date): RpcTypedData => ({ json: JSON.stringify(at.toISOString().replace("Z", "+00:00")) });
  return {
    QueueTrigger: { string: text },
    DequeueCount: { json: String(dequeueCount) },
    Id: { string: messageId },
    PopReceipt: { string: popReceipt },
    InsertionTime: time(insertedOn),
    ExpirationTime: time(expiresOn),
    NextVisibleTime: time(nextVisibleOn),
  };
}
