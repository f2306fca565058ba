import type { AzurePorts, FactsPort } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { Connectivity } from "../../domain/connectivity.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { MultiFactorFact, SpokeFacts } from "../../domain/platform-facts.ts";
import { resourceGroupId, sameResourceId } from "../../domain/resource-id.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import { assessResources } from "../../spoke/compliance/assess-resources.ts";
import type { AssessedResource, AssessedSpoke, SpokeSurroundings } from "../../spoke/compliance/assessed-spoke.ts";
import { flowLogWriting } from "../../spoke/compliance/flow-log-writing.ts";
import { connectivityOf } from "../../spoke/connectivity/connectivity-of.ts";
import { type DesiredState, desiredState } from "../../spoke/desired-state.ts";
import { bareMachines } from "../../spoke/just-in-time/bare-machines.ts";
import { machineAddresses } from "../../spoke/just-in-time/machine-addresses.ts";
import { spokeNames } from "../../spoke/spoke-names.ts";
import { justInTimeTolerances } from "../just-in-time-tolerances.ts";
import type { LearntTraffic } from "./known-of-spokes.ts";
import { standingNetworkIn } from "./standing-network.ts";
import type { SubscriptionReading } from "./subscription-reading.ts";

/** What a spoke is judged by, beside what was read. */
export interface SpokeToAssess {
  readonly record: SpokeRecord;
  readonly configuration: PlatformConfiguration;
  readonly multiFactor: MultiFactorFact | null;
  /** Those in force for the spoke. */
  readonly amendments: readonly Amendment[];
  readonly flowLog: FlowLogCoverage | null;
  readonly learnt: LearntTraffic | null;
  readonly now: string;
}

type FactsOf = (asked: Parameters<FactsPort["observeSpokeFacts"]>[0]) => Omit<SpokeFacts, "multiFactor">;

/**
 * Compares a spoke with what was read of its subscription. Where its network deviates, what it lets pass is proven anew.
 * @throws RefusedError where the request can no longer become a spoke of this platform, or its rules are too complex.
 */
export async function assessSpoke(
  { resources }: Pick<AzurePorts, "resources">,
  reading: SubscriptionReading,
  factsOf: FactsOf,
  spoke: SpokeToAssess,
): Promise<AssessedSpoke> {
  const { record, configuration, multiFactor, now } = spoke;
  const { request } = record;
  const asked = {
    subscriptionId: request.subscriptionId,
    location: request.location,
    virtualNetworkId: spokeNames(request, configuration, null).virtualNetwork,
    storageAccountId: configuration.flowLogs.storageAccountIds[request.location] ?? null,
    withSystemTopic: configuration.networkEvents !== null,
  };
  const facts = { ...factsOf(asked), multiFactor };
  const { addressPrefix, tierSlots } = record;
  const state = desiredState({ request, addressPrefix, tierSlots, configuration, facts });
  const strict = assessResources(state, reading.observe, spoke.amendments);
  const granted = await grantedNow(reading, factsOf, state, strict, now);
  const amendments = [...spoke.amendments, ...granted];
  const assessed = granted.length === 0 ? strict : assessResources(state, reading.observe, amendments);
  const connectivity = deviates(assessed, amendments) ? connectivityIn(resources, reading, state, record) : null;
  return {
    name: record.name,
    design: state.design,
    resources: assessed,
    findings: [...state.findings, ...(connectivity?.findings ?? [])],
    connectivity,
    surroundings: surroundingsOf(reading, state, spoke),
    amendments,
  };
}

function grantedNow(
  { justInTime }: SubscriptionReading,
  factsOf: FactsOf,
  { design }: DesiredState,
  resources: readonly AssessedResource[],
  now: string,
): Promise<Amendment[]> {
  const changes = resources.flatMap(({ change }) =>
    change?.type === "Microsoft.Network/networkSecurityGroups" ? [change] : [],
  );
  const state = justInTime ?? { policies: [], activeRequests: [] };
  const azure = {
    justInTime: { observe: async () => state },
    facts: { observeSpokeFacts: async (asked: Parameters<FactsOf>[0]) => factsOf(asked) },
  };
  return justInTimeTolerances(azure, design, changes, now);
}

const networkTypes: ReadonlySet<string> = new Set([
  "Microsoft.Network/networkSecurityGroups",
  "Microsoft.Network/virtualNetworks",
  "Microsoft.Network/routeTables",
  "Microsoft.Network/networkInterfaces",
  "Microsoft.Network/applicationSecurityGroups",
]);

/** Whether anything by which packets pass is otherwise than the request has it, exempt or not. */
function deviates(resources: readonly AssessedResource[], amendments: readonly Amendment[]): boolean {
  const network = resources.filter(({ desired }) => networkTypes.has(desired.type));
  // Of what nobody could read nothing is proven.
  if (network.some(({ unread }) => unread !== null)) return false;
  if (amendments.some(({ origin }) => origin === "recommendation")) return true;
  return network.some(({ unexempted }) => unexempted !== null && unexempted.action !== "none");
}

function connectivityIn(
  ports: AzurePorts["resources"],
  { snapshot }: SubscriptionReading,
  { design }: DesiredState,
  record: SpokeRecord,
): Connectivity {
  const { request, names, facts } = design;
  const network = standingNetworkIn(ports, snapshot, request, names, facts.networkInterfaces);
  return connectivityOf({ name: record.name, design, names, shallStand: true }, network);
}

function surroundingsOf(
  reading: SubscriptionReading,
  { design }: DesiredState,
  { record, flowLog, learnt, now }: SpokeToAssess,
): SpokeSurroundings {
  const { names, facts, request } = design;
  const group = resourceGroupId(request.subscriptionId, `rg-${record.name}`);
  const network = reading.snapshot.byId(names.virtualNetwork);
  const { encryption } = (network?.properties ?? {}) as { encryption?: { enabled?: boolean } };
  return {
    virtualNetworkEncrypted: network === undefined ? null : (encryption?.enabled ?? false),
    residents: reading.sees(request.subscriptionId)
      ? reading.residentsOf(group).map(({ id, type = "" }) => ({ id, type }))
      : null,
    sentinel: reading.sharedRows.some(
      ({ type, name }) => type === solutions && /^SecurityInsights\b/i.test(name ?? ""),
    ),
    recommendations: reading.recommendations,
    assignments:
      reading.assignments === null
        ? null
        : reading.assignments.map(assignmentOf).filter(({ scope }) => sameResourceId(scope, names.resourceGroup)),
    flowLog: flowLog === null ? null : flowLogWriting(flowLog, now),
    justInTime: justInTimeOf(reading, facts),
    learnt,
  };
}

const solutions = "microsoft.operationsmanagement/solutions";

function assignmentOf(raw: { readonly [key: string]: unknown; readonly id: string }) {
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    id: raw.id,
    scope: text(raw.scope),
    principalType: text(raw.principalType),
    roleDefinitionId: text(raw.roleDefinitionId),
  };
}

function justInTimeOf(
  { justInTime }: SubscriptionReading,
  { networkInterfaces }: SpokeFacts,
): SpokeSurroundings["justInTime"] {
  if (justInTime === null) return null;
  const machines = machineAddresses(networkInterfaces).map(({ virtualMachineId }) => virtualMachineId);
  const bare = bareMachines(machines, justInTime.policies);
  return bare.length === 0
    ? { covered: true, seen: `${machines.length} machines have a just-in-time policy.` }
    : { covered: false, seen: `No just-in-time policy closes a management port of ${bare.slice(0, 5).join(", ")}.` };
}
