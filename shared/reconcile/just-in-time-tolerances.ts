import type { AzurePorts } from "../azure/ports.ts";
import type { Amendment } from "../domain/amendment.ts";
import { RefusedError } from "../domain/errors.ts";
import type { JustInTimeState } from "../domain/just-in-time-access.ts";
import type { Change } from "../domain/plan.ts";
import type { SecurityRuleBody } from "../domain/resource.ts";
import { isActiveJustInTimeRule } from "../spoke/just-in-time/is-active-just-in-time-rule.ts";
import { isJustInTimeDenial } from "../spoke/just-in-time/is-just-in-time-denial.ts";
import { machineAddresses } from "../spoke/just-in-time/machine-addresses.ts";
import type { SpokeDesign } from "../spoke/spoke-design.ts";

/** As much of Azure as has to be asked. */
interface AskedAzure {
  readonly justInTime: Pick<AzurePorts["justInTime"], "observe">;
  readonly facts: Pick<AzurePorts["facts"], "observeSpokeFacts">;
}

/**
 * Rules of just-in-time access of Defender for Cloud that hold now: they may stand as long as they do (trap 7). Azure is
 * asked only where a rule that is not desired has such a name. A tool that may not ask Defender tolerates none.
 * @param changes of NSGs, planned without what this answers
 * @throws TransientError where Azure could not be asked
 */
export async function justInTimeTolerances(
  azure: AskedAzure,
  design: Pick<SpokeDesign, "request" | "names">,
  changes: readonly Change[],
  now: string,
): Promise<Amendment[]> {
  const suspects = changes.flatMap(({ id, differences }) =>
    differences.filter(isExtraRuleOfDefender).map(({ observed }) => ({ id, rule: observed as SecurityRuleBody })),
  );
  if (suspects.length === 0) return [];
  const { name: spoke, subscriptionId, location } = design.request;
  const [state, { networkInterfaces }] = await Promise.all([
    stateOf(azure, subscriptionId),
    azure.facts.observeSpokeFacts({
      subscriptionId,
      location,
      virtualNetworkId: design.names.virtualNetwork,
      storageAccountId: null,
      withSystemTopic: false,
    }),
  ]);
  const members = machineAddresses(networkInterfaces);
  return suspects
    .filter(
      ({ rule }) =>
        isActiveJustInTimeRule(rule, state.activeRequests, members, now) ||
        isJustInTimeDenial(rule, state.policies, members),
    )
    .map(({ id, rule }) => tolerance(spoke, id, rule.name, now));
}

function isExtraRuleOfDefender({ pointer, desired, observed }: Change["differences"][number]): boolean {
  return /^\/securityRules\/SecurityCenter-JITRule[-_][^/]*$/i.test(pointer) && desired === null && observed !== null;
}

async function stateOf(
  { justInTime }: Pick<AskedAzure, "justInTime">,
  subscriptionId: string,
): Promise<JustInTimeState> {
  try {
    return await justInTime.observe(subscriptionId);
  } catch (error) {
    if (error instanceof RefusedError) return { policies: [], activeRequests: [] };
    throw error;
  }
}

function tolerance(spoke: string, resourceId: string, rule: string, now: string): Amendment {
  return {
    id: "just-in-time",
    origin: "exemption",
    spoke,
    owner: { objectId: "", name: "Defender for Cloud" },
    reason: "Just-in-time access",
    ticket: null,
    createdAt: now,
    expiresAt: null,
    control: null,
    resourceId,
    tolerated: [`/securityRules/${rule}`],
    properties: [],
  };
}
