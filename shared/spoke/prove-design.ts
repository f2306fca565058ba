import { RefusedError } from "../domain/errors.ts";
import type { Proof } from "../domain/proof.ts";
import { assumptions } from "../rules/assumptions.ts";
import { fingerprint } from "../rules/decision-diagram/fingerprint.ts";
import { gatewaySubnet } from "../rules/intent/intent-of.ts";
import { compiledGroups } from "../rules/spoke-proof/compiled-groups.ts";
import { proveSpoke, type SpokeCounterexample } from "../rules/spoke-proof/prove-spoke.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/**
 * Proves that the rules of a spoke let pass what its request means and nothing else, before anything is written.
 * @throws RefusedError `ProofFailed` with a packet that says otherwise, and `RulesTooComplex`.
 */
export function proveDesign({ names, ruleContext, rules }: SpokeDesign): Proof {
  const groups = compiledGroups(rules);
  const idOf = (subnet: string) =>
    subnet === gatewaySubnet ? names.gatewayNetworkSecurityGroup : names.networkSecurityGroup(subnet);
  const [counterexample] = proveSpoke(ruleContext, groups);
  if (counterexample !== undefined) throw proofFailed(counterexample, idOf(counterexample.subnet));
  return {
    status: "Proven",
    statement:
      "Every packet that the request means passes these NSGs, and no other does, whichever machines of a tier joined its ASG.",
    networkSecurityGroups: [...groups].map(([subnet, group]) => ({
      id: idOf(subnet),
      inbound: fingerprint(group.Inbound),
      outbound: fingerprint(group.Outbound),
    })),
    assumptions: [
      assumptions["no-admin-rules"],
      assumptions["platform-traffic"],
      assumptions["new-connections"],
      assumptions["no-interface-groups"],
      assumptions["members-at-home"],
    ],
  };
}

/** A counterexample in words: from where to where, by which packet and rule. */
export function counterexampleText({ from, to, packet, passes, rule }: SpokeCounterexample): string {
  const { protocol, sourceAddress, destinationAddress, destinationPort, direction } = packet;
  const verdict = passes ? "passes and is not meant to" : "is meant to pass and does not";
  return `${protocol} from ${from} (${sourceAddress}) to ${to} (${destinationAddress}:${destinationPort}) ${verdict}: ${direction.toLowerCase()}, rule ${rule} decides.`;
}

function proofFailed(counterexample: SpokeCounterexample, resourceId: string): RefusedError {
  return new RefusedError({
    code: "ProofFailed",
    message: `The rules that were compiled do not mean what the request means. ${counterexampleText(counterexample)}`,
    resourceId,
    remedy:
      "Nothing was written. This is an error of the tool: report it with the request; leave out the flow that the packet belongs to if you cannot wait.",
  });
}
