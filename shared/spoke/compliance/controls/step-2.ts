import { byFindings } from "../by-findings.ts";
import { type Control, fails, isNotApplicable, isUnknown, passes } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 2,
  principles: ["Assume breach"],
  section: "Step 2: Isolate infrastructure into its own resource group",
} as const;
const leastPrivilege = ["Use least privileged access"] as const;
const readAssignments = "Give the tool the right to read role assignments of the subscription.";

export const stepTwoControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-2.1",
    title: "The spoke has a resource group of its own",
    severity: "medium",
    evaluate: standingAsDesired({
      of: ({ type, id }, { design }) =>
        type === "Microsoft.Resources/resourceGroups" && id === design.names.resourceGroup,
      none: "The spoke has no resource group.",
    }),
  },
  {
    ...about,
    id: "ZT-2.2",
    title: "Compute, data and storage lie in other resource groups than the network",
    severity: "low",
    evaluate: ({ surroundings: { residents }, design }) => {
      if (residents === null)
        return isUnknown("The resource group was not read.", "Give the tool the right to read it.");
      if (residents.length === 0) return passes("Network resources alone lie in it.", design.names.resourceGroup);
      const evidence = residents.map(({ id, type }) => ({
        resourceId: id,
        seen: `${type} lies in the network's group.`,
      }));
      return fails(evidence, "Move them into a resource group of their own.");
    },
  },
  {
    ...about,
    id: "ZT-2.3",
    principles: leastPrivilege,
    title: "Roles on the resource group go to groups, not to named individuals",
    severity: "medium",
    evaluate: ({ surroundings: { assignments } }) => {
      if (assignments === null) return isUnknown("Role assignments were not read.", readAssignments);
      const people = assignments.filter(({ principalType }) => principalType === "User");
      if (people.length === 0) return passes("No role on the resource group belongs to a named individual.");
      const evidence = people.map(({ id }) => ({ resourceId: id, seen: "It grants a role to one person." }));
      return fails(evidence, "Put the person into a group that holds the role, and remove this assignment.");
    },
  },
  {
    ...about,
    id: "ZT-2.4",
    principles: leastPrivilege,
    title: "Membership of the network managers' group is governed",
    severity: "low",
    evaluate: () =>
      isUnknown(
        "How people come into the group and leave it is not told by Azure Resource Manager.",
        "Access reviews of the group or Privileged Identity Management for groups in Microsoft Entra would show it.",
      ),
  },
  {
    ...about,
    id: "ZT-2.5",
    title: "The activity log goes to workspace and storage with all its categories",
    severity: "high",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Insights/diagnosticSettings",
      none: "The activity log is not configured.",
    }),
  },
  {
    ...about,
    id: "ZT-2.6",
    principles: leastPrivilege,
    title: "The subscription belongs to one business area (subscription democratization)",
    severity: "low",
    evaluate: (spoke) =>
      spoke.design.facts.virtualNetworks.length === 0
        ? isNotApplicable("No network stands in the subscription.")
        : byFindings(["SubscriptionSharedByOwners"], "No spoke of another owner lies in the subscription.")(spoke),
  },
];
