import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** Extra flows repeat neither one another nor what the chain of tiers implies. */
export function* flowRules({ tiers = [], flows }: RequestParts): Generator<Violation> {
  const implied = impliedFlows(tiers);
  const seen = new Set<string>();
  for (const [index, { from, to, port, protocol }] of flows.entries()) {
    if (from === undefined || to === undefined || port === undefined || protocol === undefined) continue;
    const pointer = jsonPointer(["application", "flows", index]);
    const key = flowKey(from, to, port, protocol);
    const repeated = implied.get(key);
    if (repeated !== undefined) yield { pointer, ...repeated };
    if (seen.has(key)) {
      yield { pointer, code: "duplicate-flow", message: "The same flow stands in the list already: remove one." };
    }
    seen.add(key);
  }
}

/** What the tiers say of themselves: each serves the one before it, and its own machines where it replicates. */
function impliedFlows(tiers: NonNullable<RequestParts["tiers"]>): Map<string, Omit<Violation, "pointer">> {
  const implied = new Map<string, Omit<Violation, "pointer">>();
  for (const [index, tier] of tiers.entries()) {
    if (tier.name === undefined || tier.port === undefined) continue;
    const caller = tiers[index - 1]?.name;
    if (caller !== undefined) {
      const message = `The chain of tiers allows ${caller} to ${tier.name} on TCP ${tier.port} already: remove the flow.`;
      implied.set(flowKey(caller, tier.name, tier.port, "Tcp"), { code: "flow-repeats-chain", message });
    }
    const message = `Traffic within ${tier.name} on its own port is said by "replicates": true of the tier, not by a flow.`;
    implied.set(flowKey(tier.name, tier.name, tier.port, "Tcp"), { code: "flow-is-replication", message });
  }
  return implied;
}

function flowKey(from: string, to: string, port: number, protocol: string): string {
  return `${from} ${to} ${port} ${protocol}`;
}
