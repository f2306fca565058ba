import type { Control } from "../control.ts";
import { rulesBeyond, rulesOf } from "../rule-aspects.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 5,
  principles: ["Verify explicitly", "Use least privileged access", "Assume breach"],
} as const;
const baseline = { ...about, section: "Step 5: Deploy baseline deny rules for network security groups" } as const;
const application = {
  ...about,
  section: "Step 5: Deploy application specific rules for application security groups",
} as const;

const notPublished = "The spoke publishes nothing through an Application Gateway.";
const notBalanced = "No tier behind another is load balanced, or only the one of SQL's port.";
const notData = "No tier of SQL's port (1433) is load balanced behind another.";

/** One of the guidance's seven rules. */
function numbered(rule: 1 | 2 | 3 | 4 | 5 | 6 | 7, title: string, none: string): Control {
  return {
    ...application,
    id: `ZT-5.5.${rule}`,
    severity: "high",
    title: `Rule ${rule}: ${title}`,
    evaluate: standingAsDesired(rulesOf([rule], none)),
  };
}

export const baselineControls: readonly Control[] = [
  {
    ...baseline,
    id: "ZT-5.1",
    title: "All inbound traffic is denied at priority 4096 in every group",
    severity: "critical",
    evaluate: standingAsDesired(rulesOf(["deny-inbound"], "The spoke has no network security group.")),
  },
  {
    ...baseline,
    id: "ZT-5.2",
    title: "All outbound traffic is denied at priority 4096, or what the request has chosen instead",
    severity: "high",
    evaluate: standingAsDesired(rulesOf(["deny-outbound"], "All outbound traffic is left to the firewall.")),
  },
  {
    ...about,
    id: "ZT-5.3",
    title: "Virtual machine management: names, metadata, time and activation may get out, by address",
    section: "Step 5: Virtual machine management rules",
    severity: "low",
    evaluate: standingAsDesired(rulesOf(["vm-management"], "No tier has such rules.")),
  },
];

export const applicationRuleControls: readonly Control[] = [
  numbered(1, "Internet to the gateway's subnet", notPublished),
  numbered(2, "the gateway's subnet to the machines of the first tier", notPublished),
  numbered(3, "a tier to the load balancer of the next tier", notBalanced),
  numbered(4, "a load balancer to the machines of its tier", notBalanced),
  numbered(5, "a tier to the load balancer of the data tier", notData),
  numbered(6, "the load balancer of the data tier to its machines", notData),
  numbered(7, "the machines of the data tier among themselves", "No tier replicates."),
  {
    ...application,
    id: "ZT-5.5.8",
    severity: "high",
    title: "Tier to machines as packets really arrive, health probes, and further flows of the request",
    evaluate: standingAsDesired(rulesOf(["machines"], "The application has one tier, which nothing balances.")),
  },
  {
    ...application,
    id: "ZT-5.6",
    title: "No group has a rule that nobody asked for",
    severity: "critical",
    evaluate: standingAsDesired(rulesBeyond),
  },
];
