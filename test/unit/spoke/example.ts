import { readFileSync } from "node:fs";
import { parsePlatformConfiguration } from "../../../shared/domain/parse-platform-configuration.ts";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import type { SpokeFacts } from "../../../shared/domain/platform-facts.ts";
import type { ObservedResource, ResourceType } from "../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../shared/domain/resource-id.ts";
import type { Parsed } from "../../../shared/domain/violation.ts";
import { assignTierSlots } from "../../../shared/spoke/address-plan.ts";
import { type DesiredState, desiredState } from "../../../shared/spoke/desired-state.ts";

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));

export const contractRequest = read("../../fixtures/contract-request.json") as Record<string, unknown> & {
  application: Record<string, unknown> & { tiers: object[] };
};

export const platform: PlatformConfiguration = successOf(
  parsePlatformConfiguration(read("../../../platform-configuration.sample.json")),
);

export const storageAccountId = platform.flowLogs.storageAccountIds.westeurope ?? "";

/** Surroundings of a spoke that does not stand yet, with log storage after the guidance. */
export const emptyFacts: SpokeFacts = {
  multiFactor: null,
  networkWatcherId: null,
  systemTopicId: null,
  networkInterfaces: [],
  storageAccount: {
    id: storageAccountId,
    location: "westeurope",
    skuName: "Standard_ZRS",
    allowSharedKeyAccess: false,
    allowBlobPublicAccess: false,
    supportsHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
    publicNetworkAccess: "Enabled",
    networkDefaultAction: "Deny",
    requireInfrastructureEncryption: true,
  },
  virtualNetworks: [],
  subnets: [],
};

/** Desired state of a request body, on the sample platform; `formerTiers` had the places after those of the request. */
export function stateOf(
  body: unknown,
  facts: Partial<SpokeFacts> = {},
  configuration = platform,
  formerTiers: readonly string[] = [],
): DesiredState {
  const request = successOf(parseSpokeRequest(body, configuration));
  const tiers = request.application.tiers.map((tier) => tier.name);
  return desiredState({
    request,
    addressPrefix: request.addressPrefix ?? "10.64.0.0/22",
    tierSlots: assignTierSlots({}, [...tiers, ...formerTiers]),
    configuration,
    facts: { ...emptyFacts, ...facts },
  });
}

/** The contract's request with other parts. */
export function requestWith(changes: Record<string, unknown>, application: Record<string, unknown> = {}): unknown {
  return { ...contractRequest, ...changes, application: { ...contractRequest.application, ...application } };
}

/** Azure as it stands when everything desired stands. */
export function allStanding(state: DesiredState): Map<string, ObservedResource | null> {
  return new Map(
    state.resources.map(({ id, type, body }) => [
      resourceIdKey(id),
      { id, type, body, etag: null, provisioningState: "Succeeded", native: {} } as ObservedResource,
    ]),
  );
}

/** The only resource of a type with a name, or an error that says what stands instead. */
export function resourceOf<T extends ResourceType>(state: DesiredState, type: T, name?: string) {
  const found = state.resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.id.endsWith(`/${name}`)),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} resources ${type} ${name ?? ""}: ${state.resources.map((r) => r.id).join("\n")}`);
  }
  return only as Extract<DesiredState["resources"][number], { type: T }>;
}

/** Rules of one NSG as lines: direction, priority, name, from, to, ports, access. */
export function ruleLines(state: DesiredState, networkSecurityGroup: string): string[] {
  const last = (id: string) => id.split("/").at(-1);
  return resourceOf(state, "Microsoft.Network/networkSecurityGroups", networkSecurityGroup).body.securityRules.map(
    (rule) => {
      const from = [...rule.sourceAddressPrefixes, ...rule.sourceApplicationSecurityGroupIds.map(last)].join(",");
      const to = [...rule.destinationAddressPrefixes, ...rule.destinationApplicationSecurityGroupIds.map(last)].join(
        ",",
      );
      return `${rule.direction} ${rule.priority} ${rule.name} ${rule.protocol} ${from} > ${to}:${rule.destinationPortRanges.join(",")} ${rule.access}`;
    },
  );
}

function successOf<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations, null, 1));
  return parsed.value;
}
