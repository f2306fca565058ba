import type { Amendment } from "../../domain/amendment.ts";
import type { Connectivity } from "../../domain/connectivity.ts";
import { resourceIdKey, tryParseResourceId } from "../../domain/resource-id.ts";
import { amendmentFindings } from "../amendment-findings.ts";

/** By what of these packets pass or do not. */
const ofTheNetwork =
  /^microsoft\.network\/(?:networksecuritygroups|virtualnetworks|routetables|networkinterfaces)(?:\/|$)/i;

/**
 * The same with what people decided about the network: the proof is of the request, so a flow that somebody gave up
 * knowingly does not pass, and it is said who gave it up, and why.
 * @param amendments those in force for the spoke
 */
export function withAmendments(connectivity: Connectivity, amendments: readonly Amendment[]): Connectivity {
  const own = amendments.filter(({ resourceId, tolerated, properties }) => {
    const type = resourceId === null ? null : tryParseResourceId(resourceId)?.type;
    return ofTheNetwork.test(type ?? "") && tolerated.length + properties.length > 0;
  });
  if (own.length === 0) return connectivity;
  const byResource = Map.groupBy(own, ({ resourceId }) => resourceIdKey(resourceId ?? ""));
  const counterexamples = connectivity.counterexamples.map((one) => {
    const decided = byResource.get(resourceIdKey(one.networkSecurityGroup ?? "")) ?? [];
    if (decided.length === 0) return one;
    const why = decided.map(({ id, owner, reason }) => `${id} (${owner.name}: ${reason})`);
    return { ...one, words: `${one.words} People decided about rules of this NSG: ${why.join("; ")}.` };
  });
  return { ...connectivity, counterexamples, findings: [...connectivity.findings, ...amendmentFindings(own)] };
}
