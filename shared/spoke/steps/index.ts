import type { Step } from "./step.ts";
import { roleBasedAccess } from "./step-1-role-based-access.ts";
import { ownResourceGroup } from "./step-2-resource-group.ts";
import { networkSecurityGroups } from "./step-3-network-security-groups.ts";
import { applicationSecurityGroups } from "./step-4-application-security-groups.ts";
import { secureTraffic } from "./step-5-secure-traffic.ts";
import { secureAccess } from "./step-6-secure-access.ts";
import { threatProtection } from "./step-7-threat-protection.ts";

/** The seven steps of the guidance, in order. A step is one file and one line here. */
export const steps: readonly Step[] = [
  roleBasedAccess,
  ownResourceGroup,
  networkSecurityGroups,
  applicationSecurityGroups,
  secureTraffic,
  secureAccess,
  threatProtection,
];
