import type { Engine } from "../engine/engine.ts";
import type { Operation } from "./operation.ts";

const retryAfterInAzure = 10;

/** The URL of the operation's status (`Azure-AsyncOperation`). */
export function operationUri(engine: Engine, operation: Operation): string {
  return link(engine, operation, "operations");
}

/** The URL of the operation's outcome (`Location`). */
export function operationResultUri(engine: Engine, operation: Operation): string {
  return link(engine, operation, "operationResults");
}

/** Seconds until a client should ask again: Azure's ten, scaled; never 0, which some clients take for absent. */
export function retryAfterSeconds(engine: Engine): number {
  return engine.speed === 0 ? 1 : Math.max(1, Math.round(retryAfterInAzure / engine.speed));
}

/** The headers by which an accepted operation is followed. */
export function operationHeaders(engine: Engine, operation: Operation): Record<string, string> {
  const headers: Record<string, string> = { "retry-after": String(retryAfterSeconds(engine)) };
  if (operation.kind !== "removeGroup") headers["azure-asyncoperation"] = operationUri(engine, operation);
  if (operation.longRunning === "location") headers.location = operationResultUri(engine, operation);
  if (operation.kind === "put" && operation.longRunning === "location") delete headers["azure-asyncoperation"];
  return headers;
}

function link(engine: Engine, operation: Operation, collection: string): string {
  const version = `?api-version=${operation.apiVersion}`;
  const scope = operation.subscriptionId === undefined ? "" : `/subscriptions/${operation.subscriptionId}`;
  if (operation.kind === "removeGroup") return `${engine.baseUrl}${scope}/operationresults/${operation.id}${version}`;
  const namespace = operation.resourceType.split("/")[0];
  const where = `providers/${namespace}/locations/${operation.location}`;
  return `${engine.baseUrl}${scope}/${where}/${collection}/${operation.id}${version}`;
}
