import type { Engine } from "../engine/engine.ts";
import { authorizationFailed } from "../errors/authorization-errors.ts";
import { isJsonObject } from "../json.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import { jsonBody } from "../requests/request-body.ts";
import { type ConditionFacts, parseRoleCondition } from "./role-condition.ts";

/**
 * Lets a call pass only where a role assignment of its caller permits the action at the scope, and the assignment's
 * condition, if it has one, holds.
 * @throws ArmError 403 AuthorizationFailed
 */
export function authorize(engine: Engine, request: ArmRequest, scopeId: string, action: string): void {
  request.noteAction(action);
  const { principalId } = request.caller;
  // Asked only where an assignment has a condition.
  let facts: ConditionFacts | undefined;
  const holds = (condition: string) => {
    facts ??= factsOf(engine, request, scopeId, action);
    return parseRoleCondition(condition)(facts);
  };
  if (engine.access.grants(principalId, scopeId, action, "action", holds).length > 0) return;
  throw authorizationFailed(principalId, action, scopeId);
}

function factsOf(engine: Engine, request: ArmRequest, scopeId: string, action: string): ConditionFacts {
  const asked = request.method === "PUT" ? jsonBody(request.text) : undefined;
  return {
    action,
    request: attributes(isJsonObject(asked) ? asked.properties : undefined),
    resource: attributes(engine.resources.get(scopeId)?.body.properties),
  };
}

/** The attributes of a role assignment that conditions know. */
function attributes(properties: unknown): Record<string, string> {
  if (!isJsonObject(properties)) return {};
  const { roleDefinitionId, principalId, principalType } = properties;
  return {
    roledefinitionid:
      String(roleDefinitionId ?? "")
        .split("/")
        .pop() ?? "",
    principalid: String(principalId ?? ""),
    principaltype: String(principalType ?? ""),
  };
}
