import { timingSafeEqual } from "node:crypto";
import {
  decodeText,
  type HostRequest,
  type HostResponse,
  HttpError,
  type RequestHandler,
} from "../http/http-message.ts";
import { handleEntities } from "./entity-api.ts";
import { handleInstances } from "./instance-api.ts";
import type { ManagementContext } from "./management-context.ts";
import { rpcPath, webhookPath } from "./management-urls.ts";
import { startOrchestration } from "./start-api.ts";

/**
 * The HTTP API of the Durable Functions extension (Durable Functions HTTP API reference), as a webhook that wants the
 * system key, and the same for the app's own client under a path that holds the key.
 */
export function serveManagementApi(context: ManagementContext): RequestHandler {
  const { key, hubName } = context.address;
  return async (request) => {
    const segments = request.url.pathname.split("/").slice(1);
    const path = `/${segments.join("/")}/`.toLowerCase();
    if (path.startsWith(`${rpcPath}/`)) {
      const [, , given = "", ...rest] = segments;
      return isKey(given, key) ? route(context, request, rest) : { status: 404 };
    }
    if (!path.startsWith(`${webhookPath}/`)) {
      return undefined;
    }
    if (!isKey(request.url.searchParams.get("code") ?? request.headers["x-functions-key"] ?? "", key)) {
      return { status: 401 };
    }
    const taskHub = request.url.searchParams.get("taskHub");
    if (taskHub !== null && taskHub.toLowerCase() !== hubName.toLowerCase()) {
      throw new HttpError(400, `This host has the task hub "${hubName}" only.`);
    }
    return route(context, request, segments.slice(3));
  };
}

function isKey(given: string, key: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(key)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function route(context: ManagementContext, request: HostRequest, segments: string[]): Promise<HostResponse> {
  const [resource = "", ...path] = segments.filter((segment) => segment !== "").map(decodeText);
  switch (resource.toLowerCase()) {
    case "orchestrators":
      return startOrchestration(context, request, path);
    case "instances":
      return handleInstances(context, request, path);
    case "entities":
      return handleEntities(context, request, path);
    default:
      return { status: 404 };
  }
}
