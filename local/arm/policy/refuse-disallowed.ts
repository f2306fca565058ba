import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { isWithin, type ResourceId } from "../resource-id.ts";
import { policyAssignmentType } from "./policy-assignment.ts";
import { policyDefinitionType } from "./policy-definition.ts";
import { readPolicyRule } from "./policy-rule.ts";

/**
 * Refuses a PUT that an assigned policy denies.
 * Source: Azure Resource Manager, "Troubleshoot RequestDisallowedByPolicy".
 * @throws ArmError 403 RequestDisallowedByPolicy
 */
export function refuseDisallowed(engine: Engine, id: ResourceId, body: JsonObject): void {
  const target = {
    type: id.type,
    name: id.name,
    location: typeof body.location === "string" ? body.location : undefined,
    tags: (isJsonObject(body.tags) ? body.tags : {}) as Record<string, string>,
  };
  const violated = engine.resources.list(policyAssignmentType).flatMap((assignment) => {
    const { scope, notScopes, enforcementMode, policyDefinitionId } = assignment.body.properties;
    const applies =
      isWithin(id.id, String(scope)) && !(notScopes as string[]).some((excluded) => isWithin(id.id, excluded));
    const definition = engine.resources.get(String(policyDefinitionId));
    if (!applies || enforcementMode !== "Default" || definition?.type !== policyDefinitionType) return [];
    if (!readPolicyRule(definition.body.properties.policyRule)(target)) return [];
    return [
      {
        policyAssignment: { name: assignment.body.properties.displayName ?? assignment.name, id: assignment.id },
        policyDefinition: { name: definition.body.properties.displayName ?? definition.name, id: definition.id },
      },
    ];
  });
  if (violated.length === 0) return;
  throw new ArmError(
    403,
    "RequestDisallowedByPolicy",
    `Resource '${id.name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(violated)}'.`,
  );
}
