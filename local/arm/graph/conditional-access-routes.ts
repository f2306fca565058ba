import type { Principal } from "../directory.ts";
import type { Answer } from "../requests/arm-request.ts";
import { matchTemplate } from "../requests/path-template.ts";
import type { ConditionalAccessPolicies } from "./conditional-access.ts";
import type { GraphCall } from "./graph-call.ts";
import { collection } from "./graph-collection.ts";
import { GraphError } from "./graph-error.ts";

/** All of the list are needed. Source: Microsoft Graph, "Create conditionalAccessPolicy", "Update …", "Delete …". */
const permissions: Readonly<Record<string, readonly string[]>> = {
  GET: ["Policy.Read.All"],
  POST: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
  PATCH: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
  DELETE: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"],
};

/**
 * Answers the calls about Conditional Access policies; undefined where the call is about something else.
 * @throws GraphError 400, 403 AccessDenied, 404 ResourceNotFound
 */
export function answerPolicyCall(
  policies: ConditionalAccessPolicies,
  caller: Principal,
  call: GraphCall,
): Answer | undefined {
  const { method, segments } = call;
  const list = "/v1.0/identity/conditionalAccess/policies";
  if (matchTemplate(list, segments) !== undefined) {
    if (method === "GET") return listed(policies, caller, call);
    if (method !== "POST") return undefined;
    demand(caller, method);
    return { status: 201, body: policies.create(parsed(call.text)) };
  }
  const id = matchTemplate(`${list}/{id}`, segments)?.id;
  if (id === undefined || (method !== "PATCH" && method !== "DELETE")) return undefined;
  demand(caller, method);
  if (method === "PATCH") policies.update(id, parsed(call.text));
  else policies.remove(id);
  return { status: 204 };
}

function listed(policies: ConditionalAccessPolicies, caller: Principal, call: GraphCall): Answer {
  demand(caller, "GET");
  const query = new URLSearchParams(call.query);
  query.delete("$filter");
  const filter = call.query.get("$filter");
  const name = filter === null ? undefined : nameOf(filter);
  const found = policies.list().filter((policy) => name === undefined || policy.displayName === name);
  return collection({ ...call, query }, found);
}

/** Of OData's filters only `displayName eq '…'`, in which a quote is written twice. */
function nameOf(filter: string): string {
  const literal = /^displayName eq '((?:[^']|'')*)'$/.exec(filter)?.[1];
  if (literal !== undefined) return literal.replaceAll("''", "'");
  throw new GraphError(501, "NotImplementedByLocalAzure", `Local Azure does not model the filter ${filter}.`);
}

function demand(caller: Principal, method: string): void {
  if ((permissions[method] ?? []).every((role) => caller.appRoles?.includes(role))) return;
  const message = "You cannot perform the requested operation, required scopes are missing in the token.";
  throw new GraphError(403, "AccessDenied", message);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphError(400, "BadRequest", "Unable to read JSON request payload.");
  }
}
