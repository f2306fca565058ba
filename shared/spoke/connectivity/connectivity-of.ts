import type { Connectivity, ConnectivityCounterexample, ConnectivityStatus } from "../../domain/connectivity.ts";
import { assumptions } from "../../rules/assumptions.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import { connectivityMatrix, type MatrixFlow } from "../../rules/spoke-proof/connectivity-matrix.ts";
import { proveSpoke, type SpokeCounterexample } from "../../rules/spoke-proof/prove-spoke.ts";
import type { NetworkDesign } from "../design-network.ts";
import { counterexampleText } from "../prove-design.ts";
import type { SpokeNames } from "../spoke-names.ts";
import { flowWords } from "./flow-words.ts";
import { networkFindings } from "./network-findings.ts";
import { ruleFindings } from "./rule-findings.ts";
import { standingGroups } from "./standing-groups.ts";
import { type StandingNetwork, standingSubnet } from "./standing-network.ts";

/** What is asked about: a spoke by its name, and whether a run has ever said that it stands. */
export interface AskedSpoke {
  readonly name: string;
  readonly design: NetworkDesign;
  readonly names: SpokeNames;
  /** Its network is to stand: where it does not, that is a finding and not merely not built. */
  readonly shallStand: boolean;
}

/**
 * What the network of a spoke, as it stands, lets pass, over all packets, against what its request means.
 * Throws RefusedError `RulesTooComplex`.
 */
export function connectivityOf(spoke: AskedSpoke, network: StandingNetwork): Connectivity {
  const { name, design, names } = spoke;
  const { ruleContext } = design;
  if (network.subnets === null && !spoke.shallStand) return notBuilt(spoke);
  const subnets = [...ruleContext.tiers.map((tier) => tier.name), gatewaySubnet];
  const groups = standingGroups(network, subnets);
  const unknown = new Set(subnets.filter((subnet) => !groups.known.has(subnet)));
  const carried = (subnet: string) => standingSubnet(network, subnet)?.networkSecurityGroupId ?? null;
  const counterexamples = proveSpoke(ruleContext, groups.known, unknown).map((one) =>
    counterexampleIn(one, carried(one.subnet)),
  );
  const deviations = networkFindings(design, names, network);
  const refuted = counterexamples.length > 0 || deviations.some(({ severity }) => severity === "critical");
  const status: ConnectivityStatus = refuted ? "Refuted" : unknown.size > 0 ? "Unknown" : "Proven";
  const linted = [...groups.known].flatMap(([subnet, group]) => {
    const id = carried(subnet);
    return id === null ? [] : ruleFindings(ruleContext, subnet, group, id);
  });
  return {
    name,
    status,
    flows: connectivityMatrix(ruleContext, groups.known).map((flow) => flowIn(flow, carried)),
    counterexamples,
    findings: [...deviations, ...groups.findings, ...linted],
    assumptions: [
      assumptions["no-admin-rules"],
      assumptions["platform-traffic"],
      assumptions["new-connections"],
      assumptions["no-interface-groups"],
      // Azure tells the ASGs of network interfaces, but not of those that belong to scale sets.
      ...(network.networkInterfaces.some(({ scaleSetId }) => scaleSetId !== null)
        ? [assumptions["members-at-home"]]
        : []),
    ],
  };
}

/** What is meant; nothing is said of what passes. */
function notBuilt({ name, design }: AskedSpoke): Connectivity {
  const flows = connectivityMatrix(design.ruleContext, new Map()).map(({ flow, subnet }) => ({
    ...flowWords(flow, subnet),
    passes: null,
    deciding: [],
  }));
  return { name, status: "NotBuilt", flows, counterexamples: [], findings: [], assumptions: [] };
}

function flowIn({ flow, subnet, passes, decisions }: MatrixFlow, carried: (subnet: string) => string | null) {
  const deciding = decisions.flatMap(({ subnet: at, direction, rules }) => {
    const named: readonly (string | null)[] = rules.length === 0 ? [null] : rules;
    return named.map((rule) => ({ subnet: at, networkSecurityGroup: carried(at), direction, rule }));
  });
  return { ...flowWords(flow, subnet), passes, deciding };
}

function counterexampleIn(one: SpokeCounterexample, networkSecurityGroup: string | null): ConnectivityCounterexample {
  const { subnet, from, to, packet, passes, rule } = one;
  return { words: counterexampleText(one), subnet, from, to, packet, passes, rule, networkSecurityGroup };
}
