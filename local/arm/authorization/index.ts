import { policyAssignment } from "../policy/policy-assignment.ts";
import { policyDefinition } from "../policy/policy-definition.ts";
import type { ResourceType } from "../resource-type.ts";
import { managementLock } from "./management-lock.ts";
import { roleAssignment } from "./role-assignment.ts";
import { roleDefinition } from "./role-definition.ts";

/** The types of Microsoft.Authorization. */
export const authorizationResourceTypes: readonly ResourceType[] = [
  roleDefinition,
  roleAssignment,
  managementLock,
  policyDefinition,
  policyAssignment,
];
