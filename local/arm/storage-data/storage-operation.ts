import type { StorageUrl } from "./storage-url.ts";

/** A right that a call asks for: below `Microsoft.Storage/storageAccounts/`. Any one of an operation's rights is enough. */
export interface StorageRight {
  readonly action: string;
  readonly kind: "action" | "dataAction";
}

type Rights = readonly StorageRight[];

const manage = (action: string): Rights => [{ action, kind: "action" }];
const data = (...actions: string[]): Rights => actions.map((action) => ({ action, kind: "dataAction" }));

const containers = "blobServices/containers";
const blobs = `${containers}/blobs`;
const queues = "queueServices/queues";
const messages = `${queues}/messages`;

/**
 * Rights by operation: `service level method [restype] [comp]`. Source: Azure Storage, "Authorize with Microsoft Entra
 * ID", section "Permissions for calling data operations".
 */
const operations: Readonly<Record<string, Rights>> = {
  "blob account GET list": manage(`${containers}/read`),
  "blob account GET service properties": manage("blobServices/read"),
  "blob container GET container": manage(`${containers}/read`),
  "blob container HEAD container": manage(`${containers}/read`),
  "blob container GET container metadata": manage(`${containers}/read`),
  "blob container PUT container": manage(`${containers}/write`),
  "blob container PUT container metadata": manage(`${containers}/write`),
  "blob container DELETE container": manage(`${containers}/delete`),
  "blob container GET container list": data(`${blobs}/read`),
  "blob item GET": data(`${blobs}/read`),
  "blob item HEAD": data(`${blobs}/read`),
  "blob item GET metadata": data(`${blobs}/read`),
  "blob item GET blocklist": data(`${blobs}/read`),
  "blob item PUT": data(`${blobs}/write`),
  "blob item PUT block": data(`${blobs}/write`),
  "blob item PUT blocklist": data(`${blobs}/write`),
  "blob item PUT appendblock": data(`${blobs}/write`, `${blobs}/add/action`),
  "blob item PUT metadata": data(`${blobs}/write`),
  "blob item PUT properties": data(`${blobs}/write`),
  "blob item PUT lease": data(`${blobs}/write`),
  "blob item DELETE": data(`${blobs}/delete`),
  "queue account GET list": manage(`${queues}/read`),
  "queue account GET service properties": manage("queueServices/read"),
  "queue container GET metadata": manage(`${queues}/read`),
  "queue container HEAD metadata": manage(`${queues}/read`),
  "queue container PUT": manage(`${queues}/write`),
  "queue container PUT metadata": manage(`${queues}/write`),
  "queue container DELETE": manage(`${queues}/delete`),
  "queue item POST": data(`${messages}/add/action`, `${messages}/write`),
  "queue item GET": data(`${messages}/process/action`),
  "queue item GET peek": data(`${messages}/read`),
  "queue item PUT": data(`${messages}/write`),
  "queue item DELETE": data(`${messages}/process/action`, `${messages}/delete`),
};

const levels = ["account", "container", "item"] as const;

/** The rights that an operation of Azure Storage asks for; undefined for one that is not modelled. */
export function storageRights(url: StorageUrl, method: string, copies: boolean): Rights | undefined {
  if (copies) return undefined;
  const { service, segments, query } = url;
  const words = [query.get("restype"), query.get("comp"), query.get("peekonly") === "true" ? "peek" : null];
  const key = [service, levels[segments.length], method, ...words.filter((word) => word !== null)].join(" ");
  return operations[key];
}
