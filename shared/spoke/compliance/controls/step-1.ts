import { parseResourceId, sameResourceId } from "../../../domain/resource-id.ts";
import type { Control } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 1,
  principles: ["Use least privileged access"],
  section: "Step 1: Use Microsoft Entra RBAC or set up custom roles for networking resources",
} as const;

export const stepOneControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-1.1",
    title: "The role for network managers grants what the guidance names, and no more",
    severity: "high",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Authorization/roleDefinitions",
      none: "The platform uses the built-in role Network Contributor.",
      remedy: "Let the platform's owner run the bootstrap command again.",
    }),
  },
  {
    ...about,
    id: "ZT-1.2",
    title: "The spoke's network managers hold the role on its resource group",
    severity: "high",
    evaluate: standingAsDesired({
      of: ({ type, id }, { design }) =>
        type === "Microsoft.Authorization/roleAssignments" &&
        sameResourceId(parseResourceId(id).parentId, design.names.resourceGroup),
      none: "No role is assigned on the resource group.",
    }),
  },
];
