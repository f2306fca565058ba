import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { authorizationFailed } from "../errors/authorization-errors.ts";
import { demandApiVersion } from "../requests/api-version.ts";
import type { Answer, ArmRequest } from "../requests/arm-request.ts";
import { matchTemplate } from "../requests/path-template.ts";
import { resourceDocument } from "../verbs/resource-document.ts";
import type { Operation } from "./operation.ts";
import { operationResultUri, retryAfterSeconds } from "./operation-uri.ts";

const paths = [
  "/subscriptions/{subscriptionId}/providers/{namespace}/locations/{location}/{collection}/{id}",
  "/providers/{namespace}/locations/{location}/{collection}/{id}",
  "/subscriptions/{subscriptionId}/{collection}/{id}",
];

/** The answer of an operation's status or result URL; undefined where the path is none. */
export function operationAnswer(engine: Engine, request: ArmRequest): Answer | undefined {
  if (request.method !== "GET") return undefined;
  for (const path of paths) {
    const found = matchTemplate(path, request.segments);
    const collection = found?.collection?.toLowerCase();
    if (collection !== "operations" && collection !== "operationresults") continue;
    const operation = engine.operations.get(found?.id ?? "");
    if (operation === undefined) throw operationNotFound(found?.id ?? "");
    demandApiVersion(request.query, "operations", [request.query.get("api-version") ?? "2025-04-01"]);
    mayFollow(engine, request, operation);
    return collection === "operations" ? statusAnswer(engine, operation) : resultAnswer(engine, operation);
  }
  return undefined;
}

/**
 * Whoever started an operation may follow it; others need the provider's `locations/operations/read`. Azure lets
 * principals with rights on one resource group alone follow what they started, though the URL lies on the subscription.
 */
function mayFollow(engine: Engine, request: ArmRequest, operation: Operation): void {
  const { principalId } = request.caller;
  const action = `${operation.resourceType.split("/")[0]}/locations/operations/read`;
  request.noteAction(action);
  if (principalId === operation.principalId) return;
  const scope = operation.subscriptionId === undefined ? "/" : `/subscriptions/${operation.subscriptionId}`;
  if (engine.access.grants(principalId, scope, action).length === 0) {
    throw authorizationFailed(principalId, action, scope);
  }
}

function statusAnswer(engine: Engine, operation: Operation): Answer {
  const { status, error, id, startedAt } = operation;
  const headers: Record<string, string> =
    status === "InProgress" ? { "retry-after": String(retryAfterSeconds(engine)) } : {};
  return {
    status: 200,
    headers,
    body: {
      id: operation.resourceId,
      name: id,
      status,
      startTime: startedAt,
      ...(error === undefined ? {} : { error }),
    },
  };
}

function resultAnswer(engine: Engine, operation: Operation): Answer {
  if (operation.status === "InProgress") {
    const headers = {
      location: operationResultUri(engine, operation),
      "retry-after": String(retryAfterSeconds(engine)),
    };
    return { status: 202, headers };
  }
  if (operation.error !== undefined) {
    throw new ArmError(409, operation.error.code, operation.error.message, operation.error.details);
  }
  if (operation.kind === "put") {
    const resource = engine.resources.get(operation.resourceId);
    return resource === undefined ? { status: 204 } : { status: 200, body: resourceDocument(engine, resource) };
  }
  if (operation.kind === "action") return { status: operation.result?.status ?? 200, body: operation.result?.body };
  return { status: operation.kind === "removeGroup" ? 200 : 204 };
}

function operationNotFound(id: string): ArmError {
  return new ArmError(404, "OperationNotFound", `The operation '${id}' could not be found.`);
}
