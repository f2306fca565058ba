import { byFindings, whereRead } from "../by-findings.ts";
import type { Control } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 3,
  principles: ["Use least privileged access", "Assume breach"],
  section: "Step 3: Create a network security group for each subnet",
} as const;

/** The subnet as a whole, or the NSG that it carries. */
const carriedGroup = /^\/subnets\/[^/]+(?:\/networkSecurityGroupId)?$/;

export const stepThreeControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-3.1",
    title: "Each subnet has a network security group made for it",
    severity: "critical",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/networkSecurityGroups",
      // What its rules say is step 5.
      at: () => false,
      none: "The spoke has no subnet.",
    }),
  },
  {
    ...about,
    id: "ZT-3.2",
    title: "Each subnet carries its network security group",
    severity: "critical",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/virtualNetworks",
      at: ({ pointer }) => carriedGroup.test(pointer),
      none: "The spoke has no network.",
    }),
  },
  {
    ...about,
    id: "ZT-3.3",
    title: "Subnets that others added carry a network security group too",
    severity: "high",
    evaluate: whereRead(
      byFindings(["ForeignSubnetWithoutNetworkSecurityGroup"], "No subnet of others is without one."),
    ),
  },
];
