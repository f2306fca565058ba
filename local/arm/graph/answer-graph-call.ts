import type { PrincipalType } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { matchTemplate } from "../requests/path-template.ts";
import type { ConditionalAccessPolicies } from "./conditional-access.ts";
import { answerPolicyCall } from "./conditional-access-routes.ts";
import { directoryObject, groupMembers } from "./directory-objects.ts";
import type { GraphCall } from "./graph-call.ts";
import { graphCaller } from "./graph-caller.ts";
import { collection, selected } from "./graph-collection.ts";
import { GraphError } from "./graph-error.ts";

const kinds: Readonly<Record<string, PrincipalType | undefined>> = {
  groups: "Group",
  users: "User",
  serviceprincipals: "ServicePrincipal",
  directoryobjects: undefined,
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
  const policyAnswer = answerPolicyCall(policies, caller, call);
  if (policyAnswer !== undefined) return policyAnswer;
  const object = matchTemplate("/v1.0/{kind}/{id}", segments);
  const kind = object?.kind?.toLowerCase() ?? "";
  if (method === "GET" && object !== undefined && kind in kinds) {
    return single(engine, call, directoryObject(engine, caller, object.id ?? "", kinds[kind]), kind);
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

function single(engine: Engine, call: GraphCall, object: Record<string, unknown>, kind: string): Answer {
  const context = `${engine.cloud.graph}/v1.0/$metadata#${kind}/$entity`;
  const { "@odata.type": odataType, ...rest } = object;
  const typed = kind === "directoryobjects" ? { "@odata.type": odataType } : {};
  return { status: 200, body: { "@odata.context": context, ...typed, ...selected(call, rest) } };
}
