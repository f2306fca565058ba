import { randomUUID } from "node:crypto";
import { type HostRequest, type HostResponse, HttpError, json } from "../http/http-message.ts";
import { readJsonBody } from "./json-body.ts";
import type { ManagementContext } from "./management-context.ts";
import { managementUrls } from "./management-urls.ts";

/** `POST orchestrators/{functionName}[/{instanceId}]`: 202, 400 unknown function or input, 409 the id is in use. */
export async function startOrchestration(
  { engine, registry, address }: ManagementContext,
  request: HostRequest,
  [functionName = "", ...idSegments]: string[],
): Promise<HostResponse> {
  if (request.method !== "POST") {
    return { status: 404 };
  }
  const orchestrator = registry.find(functionName, "orchestrationTrigger");
  if (!orchestrator) {
    throw new HttpError(400, `The function '${functionName}' doesn't exist or is not an orchestrator function.`);
  }
  const id = idSegments.join("/") || randomUUID().replaceAll("-", "");
  if (id.startsWith("@")) {
    throw new HttpError(400, "The id of an instance must not start with @: such ids are those of entities.");
  }
  const body = await readJsonBody(request);
  // A start without input gives the orchestrator an empty text, as the extension does.
  const input = body === "" ? '""' : body;
  if (!engine.startInstance({ id, name: orchestrator.name, input })) {
    throw new HttpError(409, `An instance with the id '${id}' is running.`);
  }
  const urls = managementUrls(address, encodeURIComponent(id));
  const location: [string, string][] = [
    ["Location", urls.statusQueryGetUri ?? ""],
    ["Retry-After", "10"],
  ];
  return json(202, { ...urls, id }, location);
}
