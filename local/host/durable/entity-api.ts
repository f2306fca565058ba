import { randomUUID } from "node:crypto";
import { type HostRequest, type HostResponse, HttpError, json } from "../http/http-message.ts";
import { readJsonBody } from "./json-body.ts";
import type { ManagementContext } from "./management-context.ts";
import type { Database } from "./store/database.ts";
import { entityAddress, listEntities, parseEntityAddress, readEntity } from "./store/entities.ts";

/** `entities[/{name}[/{key}]]`: GET shows or lists, POST signals the operation named by `op`. */
export async function handleEntities(
  { engine, registry }: ManagementContext,
  request: HostRequest,
  [name, ...keySegments]: string[],
): Promise<HostResponse> {
  const key = keySegments.join("/");
  if (name === undefined || key === "") {
    return request.method === "GET" ? list(engine.database, request, name) : { status: 404 };
  }
  const entityId = entityAddress(name, key);
  if (request.method === "GET") {
    const entity = readEntity(engine.database, entityId);
    return entity ? json(200, JSON.parse(entity.state ?? "null")) : { status: 404 };
  }
  if (request.method !== "POST") {
    return { status: 404 };
  }
  if (!registry.find(name, "entityTrigger")) {
    throw new HttpError(400, `The function '${name}' doesn't exist or is not an entity function.`);
  }
  const operation = request.url.searchParams.get("op") ?? "";
  const input = await readJsonBody(request);
  engine.signalEntity(entityId, { id: randomUUID(), name: operation, input, isSignal: true });
  return { status: 202 };
}

function list(database: Database, { url }: HostRequest, name?: string): HostResponse {
  const fetchState = url.searchParams.get("fetchState")?.toLowerCase() === "true";
  const entities = listEntities(database, name).map(({ id, state, updatedAt }) => ({
    entityId: parseEntityAddress(id),
    lastOperationTime: new Date(updatedAt).toISOString(),
    ...(fetchState && { state: JSON.parse(state ?? "null") as unknown }),
  }));
  return json(200, entities);
}
