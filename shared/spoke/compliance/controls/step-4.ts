import { byFindings, whereRead } from "../by-findings.ts";
import { type Control, worstOf } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 4,
  principles: ["Verify explicitly", "Use least privileged access", "Assume breach"],
  section: "Step 4: Create an application security group for each virtual machine role",
} as const;

const noMachines = "No machine stands in the tiers' subnets.";
const joined = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Network/networkInterfaces",
  none: noMachines,
});
const outside = byFindings(
  ["ScaleSetOutsideApplicationSecurityGroup", "ManagedInterfaceInTierSubnet"],
  "Every interface in a tier's subnet can join its group.",
);

export const stepFourControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-4.1",
    title: "Each virtual machine role has an application security group",
    severity: "high",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/applicationSecurityGroups",
      none: "The spoke has no tier.",
    }),
  },
  {
    ...about,
    id: "ZT-4.2",
    title: "Each machine is in the application security group of its role",
    severity: "high",
    evaluate: whereRead((spoke) => {
      const { status } = outside(spoke);
      const looks = status === "fail" ? [joined(spoke), outside(spoke)] : [joined(spoke)];
      return worstOf(
        looks.filter((one) => one.status !== "notApplicable"),
        noMachines,
      );
    }),
  },
  {
    ...about,
    id: "ZT-4.3",
    title: "No machine is in the application security group of another role",
    severity: "critical",
    evaluate: whereRead(
      byFindings(["InterfaceInOtherTiersGroup"], "No interface has joined the group of another tier."),
    ),
  },
  {
    ...about,
    id: "ZT-4.4",
    title: "Load balancers have the addresses that the rules name",
    severity: "medium",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/loadBalancers",
      none: "No tier is load balanced.",
    }),
  },
];
