import { networkContributorRoleId, networkManagementActions } from "../../domain/network-management-role.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/**
 * Step 1: the role for network managers, assigned to a security group. The definition is the platform's
 * (made once by the bootstrap command); here it is verified, and the assignment on the resource group is made.
 */
export const roleBasedAccess: Step = {
  number: 1,
  name: "Role-based access control",
  resources: (design) => [
    ...customRole(design),
    {
      id: design.names.roleAssignment(roleDefinitionId(design), design.request.networkManagersGroupId),
      type: "Microsoft.Authorization/roleAssignments",
      ownership: "owned",
      steps: [1, 2],
      dependsOn: [design.names.resourceGroup, ...customRole(design).map((role) => role.id)],
      body: {
        roleDefinitionId: roleDefinitionId(design),
        principalId: design.request.networkManagersGroupId,
        principalType: "Group",
      },
    },
  ],
  findings: () => [],
};

function roleDefinitionId(design: SpokeDesign): string {
  const role = design.configuration.networkManagementRole;
  const id = role.kind === "custom" ? role.roleDefinitionId : networkContributorRoleId;
  return design.names.inSubscription(`/providers/Microsoft.Authorization/roleDefinitions/${id}`);
}

/** A built-in role is Azure's own; a custom one must stand exactly as the guidance has it. */
function customRole(design: SpokeDesign): DesiredResource[] {
  const role = design.configuration.networkManagementRole;
  if (role.kind !== "custom") return [];
  return [
    {
      id: roleDefinitionId(design),
      type: "Microsoft.Authorization/roleDefinitions",
      ownership: "prerequisite",
      steps: [1],
      dependsOn: [],
      body: {
        roleName: role.roleName,
        actions: networkManagementActions,
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    },
  ];
}
