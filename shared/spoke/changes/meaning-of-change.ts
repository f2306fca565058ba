import type { ChangeMeaning, NetworkChange } from "../../domain/network-change.ts";
import type { ChangeSeverity } from "../../domain/platform-configuration.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { resourceName, sameResourceId } from "../../domain/resource-id.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import { withValueAt } from "../body-pointer.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { ChangedPart } from "./change-parts.ts";
import { meaningOfGone, meaningsOfDifferences } from "./part-meanings.ts";
import { securityGroupChange } from "./security-group-meaning.ts";

type Meaning = Pick<NetworkChange, "severity" | "meanings" | "summary" | "gained" | "lost">;

/** More flows are no help in an alert; the record names the rules as well. */
const mostFlows = 20;

const severities: readonly ChangeSeverity[] = ["critical", "high", "medium", "low", "none"];

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: ChangeSeverity, minimum: ChangeSeverity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(minimum);
}

/**
 * What a change of some parts of a resource means, the worst first: what becomes reachable, whatever rules say it, for an
 * NSG; else what the properties are for. A change that means the same has severity "none".
 */
export function meaningOfChange(design: SpokeDesign, desired: DesiredResource, parts: readonly ChangedPart[]): Meaning {
  if (parts.some(({ pointer }) => pointer === "")) return summarised(desired, meaningOfGone(desired.type));
  const ofRules = parts.filter(({ pointer }) => pointer.startsWith("/securityRules/"));
  const others = parts.filter((part) => !ofRules.includes(part));
  const plain = meaningsOfDifferences(others.flatMap(({ differences }) => differences));
  const subnet = subnetOf(design, desired);
  if (desired.type !== "Microsoft.Network/networkSecurityGroups" || ofRules.length === 0 || subnet === null) {
    return summarised(desired, ...plain);
  }
  const after = ofRules.reduce<unknown>(
    (body, { pointer, observed }) => withValueAt(body, pointer, observed),
    desired.body,
  );
  const change = securityGroupChange(design.ruleContext, subnet, desired.body, after as typeof desired.body);
  const texts = (flows: typeof change.difference.gained) => flows.slice(0, mostFlows).map(({ text }) => text);
  const { gained, lost } = change.difference;
  return { ...summarised(desired, ...change.meanings, ...plain), gained: texts(gained), lost: texts(lost) };
}

/** Meanings of a change of a resource, the worst first. */
export function summarised({ id }: DesiredResource, ...meanings: readonly ChangeMeaning[]): Meaning {
  const worstFirst = meanings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const [worst] = worstFirst;
  return {
    severity: worst?.severity ?? "none",
    meanings: worstFirst,
    summary: `${resourceName(id)}: ${worst?.message ?? "It is written otherwise and means the same."}`,
    gained: [],
    lost: [],
  };
}

/** The subnet that an NSG of the spoke is for: a tier's name, or `gateway`. */
function subnetOf({ names, request }: SpokeDesign, { id }: DesiredResource): string | null {
  if (sameResourceId(id, names.gatewayNetworkSecurityGroup)) return gatewaySubnet;
  const tier = request.application.tiers.find((one) => sameResourceId(id, names.networkSecurityGroup(one.name)));
  return tier?.name ?? null;
}
