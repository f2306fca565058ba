import { type HostRequest, type HostResponse, HttpError, json } from "../http/http-message.ts";
import { instanceStatus } from "./instance-status.ts";
import { readJsonBody } from "./json-body.ts";
import type { ManagementContext } from "./management-context.ts";
import { eventType, isFinished } from "./protocol.ts";
import { inTransaction } from "./store/database.ts";
import {
  deleteInstance,
  type Instance,
  type InstanceFilter,
  listInstances,
  readHistory,
  readInstance,
} from "./store/instances.ts";

/** How many instances one answer holds; the next page is asked for with the continuation token. */
const pageSize = 100;

const continuationHeader = "x-ms-continuation-token";

/** `instances`: status, list, purge and everything that is sent to an instance. */
export async function handleInstances(
  context: ManagementContext,
  request: HostRequest,
  path: string[],
): Promise<HostResponse> {
  const [id, ...operation] = splitOperation(request.method, path);
  if (id === undefined) {
    return request.method === "DELETE" ? purgeMany(context, request) : list(context, request);
  }
  const instance = readInstance(context.engine.database, id);
  if (!instance) {
    return { status: 404 };
  }
  switch (request.method) {
    case "GET":
      return show(context, request, instance);
    case "DELETE":
      return purge(context, instance);
    case "POST":
      return send(context, request, instance, operation);
    default:
      return { status: 404 };
  }
}

/** An id may hold slashes: for POST, the operation is what the path ends with. */
function splitOperation(method: string, path: string[]): [string?, ...string[]] {
  if (path.length === 0) {
    return [];
  }
  if (method !== "POST") {
    return [path.join("/")];
  }
  const raised = path.length > 2 && path.at(-2)?.toLowerCase() === "raiseevent";
  const operation = path.slice(raised ? -2 : -1);
  return [path.slice(0, -operation.length).join("/"), ...operation];
}

function show({ engine, address }: ManagementContext, { url }: HostRequest, instance: Instance): HostResponse {
  const flag = (name: string) => url.searchParams.get(name)?.toLowerCase();
  const status = instanceStatus(instance, {
    showInput: flag("showInput") !== "false",
    showHistoryOutput: flag("showHistoryOutput") === "true",
    ...(flag("showHistory") === "true" && { history: readHistory(engine.database, instance.id) }),
  });
  if (isFinished(instance.status)) {
    const failed = instance.status === "Failed" && flag("returnInternalServerErrorOnFailure") === "true";
    return json(failed ? 500 : 200, status);
  }
  const location: [string, string][] = [
    ["Location", `${address.origin}${url.pathname}${url.search}`],
    ["Retry-After", "5"],
  ];
  return json(202, status, location);
}

function list({ engine }: ManagementContext, { url, headers, method }: HostRequest): HostResponse {
  if (method !== "GET") {
    return { status: 404 };
  }
  const limit = Number(url.searchParams.get("top") ?? pageSize);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HttpError(400, "'top' is not a number of instances.");
  }
  const token = headers[continuationHeader];
  const found = listInstances(engine.database, {
    ...filterOf(url.searchParams),
    ...(token && { afterId: Buffer.from(token, "base64url").toString("utf8") }),
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const showInput = url.searchParams.get("showInput")?.toLowerCase() !== "false";
  const last = found.length > limit ? page.at(-1) : undefined;
  const next: [string, string][] = last ? [[continuationHeader, Buffer.from(last.id).toString("base64url")]] : [];
  return json(
    200,
    page.map((instance) => instanceStatus(instance, { showInput })),
    next,
  );
}

function purge({ engine }: ManagementContext, { id, status }: Instance): HostResponse {
  if (!isFinished(status)) {
    throw new HttpError(412, `Only instances that are over can be purged; '${id}' is ${status}.`);
  }
  inTransaction(engine.database, () => deleteInstance(engine.database, id));
  return json(200, { instancesDeleted: 1 });
}

function purgeMany({ engine }: ManagementContext, { url }: HostRequest): HostResponse {
  const filter = filterOf(url.searchParams);
  if (filter.createdFrom === undefined) {
    throw new HttpError(400, "Please provide value for 'createdTimeFrom' parameter.");
  }
  const instancesDeleted = inTransaction(engine.database, () => {
    const over = listInstances(engine.database, filter).filter(({ status }) => isFinished(status));
    return over.filter(({ id }) => deleteInstance(engine.database, id)).length;
  });
  return json(instancesDeleted === 0 ? 404 : 200, { instancesDeleted });
}

function filterOf(query: URLSearchParams): InstanceFilter {
  const time = (name: string) => {
    const text = query.get(name);
    const at = text === null ? undefined : Date.parse(text);
    if (Number.isNaN(at)) {
      throw new HttpError(400, `'${name}' is not a time.`);
    }
    return at;
  };
  const createdFrom = time("createdTimeFrom");
  const createdTo = time("createdTimeTo");
  const statuses = query.getAll("runtimeStatus").flatMap((value) => value.split(","));
  return {
    ...(createdFrom !== undefined && { createdFrom }),
    ...(createdTo !== undefined && { createdTo }),
    ...(statuses.length > 0 && { statuses }),
    idPrefix: query.get("instanceIdPrefix") ?? "",
  };
}

async function send(
  { engine }: ManagementContext,
  request: HostRequest,
  instance: Instance,
  [operation = "", name = ""]: string[],
): Promise<HostResponse> {
  const kind = operation.toLowerCase();
  const reason = request.url.searchParams.get("reason") ?? "";
  const input = await readJsonBody(request);
  if (kind === "rewind" || kind === "restart") {
    throw new HttpError(501, `The local Functions host does not ${kind} instances.`);
  }
  if (kind !== "terminate" && kind !== "suspend" && kind !== "resume" && kind !== "raiseevent") {
    return { status: 404 };
  }
  if (isFinished(instance.status)) {
    return { status: 410 };
  }
  if (kind === "raiseevent") {
    const event = {
      EventType: eventType.EventRaised,
      EventId: -1,
      IsPlayed: false,
      Name: name,
      Input: input || "null",
    };
    engine.send(instance.id, { kind: "event", event: { ...event, Timestamp: new Date().toISOString() } });
  } else {
    engine.send(instance.id, { kind, reason });
  }
  return { status: 202 };
}
