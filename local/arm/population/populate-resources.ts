import { randomUUID } from "node:crypto";
import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { methodNotAllowed, notModelled } from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { LiveCompletionContext } from "../operations/completion-context.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import { canonicalId } from "../requests/canonical-id.ts";
import { refuseMissingExtended, refuseMissingGroup } from "../requests/scope-checks.ts";
import type { ResourceBody } from "../resource.ts";
import { resourceGroup } from "../resource-groups/resource-group.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";
import { owner } from "../seed/seed-identities.ts";
import type { ChildState } from "../store/stored-resource.ts";
import { isInline } from "../type-registry.ts";
import { checkedBody, checkName } from "../verbs/body-checks.ts";
import { mergeChildren, withoutChildren } from "../verbs/inline-children.ts";
import { refuseMissingParent } from "../verbs/put-resource.ts";
import { LiveWriteContext } from "../verbs/write-context.ts";

/** A resource that is to stand at once. */
export interface Population {
  readonly id: string;
  readonly body: JsonObject;
}

/** What became of a population. */
export interface PopulationOutcome {
  readonly stored: number;
  /** The refusal of the resource behind the stored ones; those after it were not looked at. */
  readonly refused?: { readonly id: string; readonly error: ArmError };
}

/**
 * Makes resources stand as Succeeded, each with the checks, the shape and the effects that its PUT would have had, by the
 * platform's owner: without operations, throttling, policies, locks or a record of calls. In the given order, in one
 * transaction.
 */
export function populateResources(engine: Engine, resources: readonly Population[]): PopulationOutcome {
  return engine.database.transaction(() => {
    let stored = 0;
    for (const { id, body } of resources) {
      try {
        populate(engine, id, body);
        stored += 1;
      } catch (error) {
        if (!(error instanceof ArmError)) throw error;
        return { stored, refused: { id, error } };
      }
    }
    return { stored };
  });
}

function populate(engine: Engine, givenId: string, given: JsonObject): void {
  const parsed = parseResourceId(givenId);
  const type = engine.types.get(parsed?.type ?? "");
  if (parsed === undefined || type === undefined) throw notModelled(`the resource type of '${givenId}'`);
  if (isInline(type)) throw notModelled(`populating '${type.type}' by itself: it stands in its parent's body`);
  const asked = canonicalId(engine, parsed);
  const id = type.storedAt === undefined ? asked : parseResourceId(type.storedAt(asked));
  if (id === undefined) throw notModelled(`the id '${givenId}'`);
  checkName(type, id.name);
  if (type !== resourceGroup) refuseMissingGroup(engine, id);
  if (id.extendedId !== undefined) refuseMissingExtended(engine, id.extendedId);
  if (type === resourceGroup) store(engine, type, id, groupBody(given), {});
  else storePrepared(engine, type, id, given);
}

function groupBody(given: JsonObject): ResourceBody {
  const { location, tags } = checkedBody(resourceGroup, given, undefined);
  return { ...(location === undefined ? {} : { location }), ...(tags === undefined ? {} : { tags }), properties: {} };
}

function storePrepared(engine: Engine, type: ResourceType, id: ResourceId, given: JsonObject): void {
  const { put } = type;
  if (put === undefined) throw methodNotAllowed("PUT", type.type);
  const apiVersion = type.apiVersions.at(-1) ?? "";
  const request = requestOf(id, apiVersion);
  const action = `${type.type}/write`;
  const call = { request, type, id, apiVersion, action };
  refuseMissingParent(engine, call);
  const existing = engine.resources.stored(id.id);
  const body = checkedBody(type, given, existing);
  const parts = { id, apiVersion, query: request.query, caller: request.caller, action };
  const context = new LiveWriteContext(engine, parts);
  const prepared = put.prepare(context, withoutChildren(engine, type.type, body));
  const { arrays, states, touched } = mergeChildren(engine, call, body, existing);
  const merged: ResourceBody = { ...prepared, properties: { ...prepared.properties, ...arrays } };
  put.checkWhole?.(context, merged);
  const settled = Object.entries(states).map(([key, state]): [string, ChildState] => [
    key,
    { ...state, provisioningState: "Succeeded" },
  ]);
  store(engine, type, id, merged, Object.fromEntries(settled));
  for (const { id: writtenId } of [...touched.filter(({ change }) => change === "put"), { id: id.id }]) {
    const written = engine.resources.get(writtenId);
    const completed = written && engine.types.get(written.type)?.put?.completed;
    if (written !== undefined) completed?.(new LiveCompletionContext(engine, written, request.caller));
  }
}

function store(
  engine: Engine,
  type: ResourceType,
  id: ResourceId,
  body: ResourceBody,
  children: Readonly<Record<string, ChildState>>,
): void {
  engine.resources.put({
    id: id.id,
    name: id.name,
    type: type.type,
    body,
    provisioningState: "Succeeded",
    etag: `W/"${randomUUID()}"`,
    lastOperation: type.put?.operationName ?? "PutResourceGroup",
    children,
    createdAt: engine.resources.stored(id.id)?.createdAt ?? new Date().toISOString(),
  });
}

/** The owner's PUT, as the types' checks want to see it. */
function requestOf({ id }: ResourceId, apiVersion: string): ArmRequest {
  return {
    method: "PUT",
    path: id,
    segments: id.split("/").filter((segment) => segment !== ""),
    query: new URLSearchParams({ "api-version": apiVersion }),
    headers: {},
    text: "",
    caller: { principalId: owner.id, clientId: owner.clientId },
    operationFault: undefined,
    faultTaken: () => {},
    noteAction: () => {},
  };
}

/** True for an entry of a population. */
export function isPopulation(value: unknown): value is Population {
  return isJsonObject(value) && typeof value.id === "string" && isJsonObject(value.body);
}
