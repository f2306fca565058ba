import type { PrincipalType } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { matchTemplate } from "../requests/path-template.ts";
import type { ConditionalAccessPolicies } from "./conditional-access.ts";
import { directoryObject, groupMembers } from "./directory-objects.ts";
import { demandAppRole, graphCaller } from "./graph-caller.ts";
import { GraphError } from "./graph-error.ts";

/** A call of Microsoft Graph. */
export interface GraphCall {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly text: string;
}

const kinds: Readonly<Record<string, PrincipalType | undefined>> = {
  groups: "Group",
  users: "User",
  serviceprincipals: "ServicePrincipal",
  directoryobjects: undefined,
};
const policyPermissions = {
  read: ["Policy.Read.All", "Policy.Read.ConditionalAccess"],
  write: ["Policy.ReadWrite.ConditionalAccess"],
};

/** Answers the part of Microsoft Graph that local Azure models, and 501 to the rest. */
export function answerGraphCall(engine: Engine, policies: ConditionalAccessPolicies, call: GraphCall): Answer {
  try {
    return dispatch(engine, policies, call);
  } catch (error) {
    if (error instanceof GraphError) return error.answer;
    throw error;
  }
}

function dispatch(engine: Engine, policies: ConditionalAccessPolicies, call: GraphCall): Answer {
  const caller = graphCaller(engine, call.authorization);
  const { method, segments } = call;
  if (matchTemplate("/v1.0/identity/conditionalAccess/policies", segments) !== undefined) {
    if (method === "GET") {
      demandAppRole(caller, policyPermissions.read);
      return collection(call, policies.list());
    }
    if (method === "POST") {
      demandAppRole(caller, policyPermissions.write);
      return { status: 201, body: policies.create(parsed(call.text)) };
    }
  }
  const object = matchTemplate("/v1.0/{kind}/{id}", segments);
  const kind = object?.kind?.toLowerCase() ?? "";
  if (method === "GET" && object !== undefined && kind in kinds) {
    return single(call, directoryObject(engine, caller, object.id ?? "", kinds[kind]), kind);
  }
  const members = matchTemplate("/v1.0/groups/{id}/members", segments);
  if (method === "GET" && members !== undefined)
    return collection(call, groupMembers(engine, caller, members.id ?? ""));
  throw new GraphError(
    501,
    "NotImplementedByLocalAzure",
    `Local Azure does not model ${method} /${segments.join("/")}.`,
  );
}

function single(call: GraphCall, object: Record<string, unknown>, kind: string): Answer {
  const context = `https://graph.microsoft.com/v1.0/$metadata#${kind}/$entity`;
  const { "@odata.type": odataType, ...rest } = object;
  const typed = kind === "directoryobjects" ? { "@odata.type": odataType } : {};
  return { status: 200, body: { "@odata.context": context, ...typed, ...selected(call, rest) } };
}

function collection(call: GraphCall, objects: readonly Record<string, unknown>[]): Answer {
  const value = objects.map((object) => {
    const { "@odata.type": odataType, ...rest } = object;
    return { ...(odataType === undefined ? {} : { "@odata.type": odataType }), ...selected(call, rest) };
  });
  return { status: 200, body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata", value } };
}

function selected({ query }: GraphCall, object: Record<string, unknown>): Record<string, unknown> {
  const foreign = [...query.keys()].find((key) => key !== "$select");
  if (foreign !== undefined)
    throw new GraphError(501, "NotImplementedByLocalAzure", `Local Azure does not model ${foreign}.`);
  const names = query
    .get("$select")
    ?.split(",")
    .map((name) => name.trim());
  if (names === undefined) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => names.includes(key)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphError(400, "BadRequest", "Unable to read JSON request payload.");
  }
}
