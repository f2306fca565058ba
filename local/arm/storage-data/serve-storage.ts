import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import type { Fault } from "../faults/faults.ts";
import { storageAccountType } from "../platform/storage/storage-account-name.ts";
import type { RecordedTraffic } from "../records/recorded-traffic.ts";
import type { Resource } from "../resource.ts";
import { authorizeStorage } from "./authorize-storage.ts";
import type { BackingStorage } from "./backing-storage.ts";
import { forwardToEmulator } from "./forward-to-emulator.ts";
import { storageCaller } from "./storage-caller.ts";
import { storageRights } from "./storage-operation.ts";
import {
  authorizationPermissionMismatch,
  invalidUri,
  StorageRefusal,
  serverBusy,
  storageNotModelled,
} from "./storage-refusal.ts";
import { parseStorageUrl, type StorageUrl } from "./storage-url.ts";

/**
 * The data of storage accounts: judges a call by its token and role assignments as Azure Storage does, and passes it on
 * to the storage emulator behind. Returns false where the URL is none of a storage account.
 */
export function serveStorage(
  engine: Engine,
  traffic: RecordedTraffic,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const url = parseStorageUrl(incoming.url ?? "");
  if (url === undefined) return false;
  const started = performance.now();
  const time = new Date().toISOString();
  const { authorization } = incoming.headers;
  const record = (action: string | null, status: number) =>
    traffic.add({
      time,
      method: incoming.method ?? "GET",
      url: incoming.url ?? "",
      apiVersion: String(incoming.headers["x-ms-version"] ?? "") || null,
      caller: readToken((authorization ?? "").replace(/^Bearer /i, ""))?.oid ?? null,
      action,
      body: null,
      status,
      durationMs: Math.round((performance.now() - started) * 1000) / 1000,
    });
  void answer(engine, url, incoming, outgoing).then(
    ({ action, status }) => record(action, status),
    (error: unknown) => {
      const refusal = error instanceof StorageRefusal ? error : defect(engine, error);
      refuse(outgoing, refusal);
      record(null, refusal.status);
    },
  );
  return true;
}

type FoundUrl = NonNullable<ReturnType<typeof parseStorageUrl>>;

async function answer(
  engine: Engine,
  found: FoundUrl,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<{ readonly action: string; readonly status: number }> {
  const method = incoming.method ?? "GET";
  const fault = engine.faults.find(method, (incoming.url ?? "").split("?")[0] ?? "");
  if (fault?.kind === "connection-reset") {
    engine.faults.meet(fault);
    outgoing.destroy();
    return { action: "", status: 0 };
  }
  meetRefusal(engine, fault);
  const { account, storage } = standing(engine, found);
  if (found.segments === undefined) throw invalidUri();
  const url: StorageUrl = { ...found, segments: found.segments };
  const principalId = storageCaller(engine, account, incoming.headers.authorization, url.query);
  const rights = storageRights(url, method, incoming.headers["x-ms-copy-source"] !== undefined);
  if (rights === undefined) throw storageNotModelled(`${method} ${incoming.url} of Azure Storage`);
  authorizeStorage(engine, account, url, rights, principalId);
  const action = `${storageAccountType}/${rights[0]?.action}`;
  return { action, status: await forwardToEmulator(storage, url, incoming, outgoing) };
}

/** A fault that refuses, in Storage's words; the others are Resource Manager's. */
function meetRefusal(engine: Engine, fault: Fault | undefined): void {
  if (fault?.kind !== "429" && fault?.kind !== "503" && fault?.kind !== "forbidden") return;
  engine.faults.meet(fault);
  throw fault.kind === "forbidden" ? authorizationPermissionMismatch() : serverBusy(fault.retryAfterSeconds);
}

function standing(engine: Engine, url: FoundUrl): { readonly account: Resource; readonly storage: BackingStorage } {
  const account = engine.resources.list(storageAccountType).find(({ name }) => name === url.account);
  if (account === undefined) {
    throw new StorageRefusal(404, "ResourceNotFound", `The storage account '${url.account}' does not exist.`);
  }
  if (engine.storage?.has(url.account) !== true) {
    throw storageNotModelled(`the data of the account '${url.account}': there is no storage behind it`);
  }
  return { account, storage: engine.storage };
}

function refuse(outgoing: ServerResponse, refusal: StorageRefusal): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const { headers, body } = refusal.answer();
  outgoing.writeHead(refusal.status, { ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
  outgoing.end(body);
}

function defect(engine: Engine, error: unknown): StorageRefusal {
  engine.report(error);
  return new StorageRefusal(500, "InternalError", "Local Azure has a defect; its log says which.");
}
