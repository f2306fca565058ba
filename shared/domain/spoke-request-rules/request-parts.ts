import type { Hub, PlatformConfiguration } from "../platform-configuration.ts";
import type { SpokeRequest, Topology } from "../spoke-request.ts";
import {
  applicationFields,
  flowFields,
  managementAccessFields,
  outboundAccessFields,
  spokeFields,
  tierFields,
  tierName,
} from "../spoke-request-schema.ts";
import { elementParts, fieldOf, matchingElements, type Parts, partsOf } from "../well-formed-parts.ts";

/** What of a standing spoke decides the default topology. */
export type Placement = Pick<SpokeRequest, "location" | "topology">;

type TierNames = readonly (string | undefined)[];

/** The well-formed parts of a request, on which every rule across fields runs; undefined is malformed or missing. */
export interface RequestParts {
  /** The request as it came, lists cut. */
  readonly document: unknown;
  readonly spoke: Parts<typeof spokeFields>;
  readonly application: Parts<typeof applicationFields>;
  readonly tiers: readonly Parts<typeof tierFields>[] | undefined;
  readonly flows: readonly Parts<typeof flowFields>[];
  readonly managementAccess: readonly (Parts<Omit<typeof managementAccessFields, "to">> & { readonly to: TierNames })[];
  readonly outboundAccess: readonly (Parts<Omit<typeof outboundAccessFields, "from">> & { readonly from: TierNames })[];
  /** As asked for, or the default of the location; undefined where that cannot be known. */
  readonly topology: Topology | undefined;
  /** The hub that the spoke joins, null where it joins none; undefined where that cannot be known. */
  readonly hub: Hub | null | undefined;
}

/**
 * Reads what is well-formed of a request.
 * @param standing placement of the spoke that the request is about, where one stands
 */
export function requestParts(
  document: unknown,
  configuration: PlatformConfiguration,
  standing: Placement | null,
): RequestParts {
  const application = fieldOf(document, "application");
  const spoke = partsOf(spokeFields, document);
  const { to: _, ...managementFields } = managementAccessFields;
  const { from: __, ...outboundFields } = outboundAccessFields;
  const location = knownLocation(spoke.location, configuration);
  const topology = topologyOf(document, spoke.topology, location, configuration, standing);
  return {
    document,
    spoke,
    application: partsOf(applicationFields, application),
    tiers: elementParts(tierFields, fieldOf(application, "tiers")),
    flows: elementParts(flowFields, fieldOf(application, "flows")) ?? [],
    managementAccess: elements(document, "managementAccess").map((each) => ({
      ...partsOf(managementFields, each),
      to: matchingElements(tierName, fieldOf(each, "to")),
    })),
    outboundAccess: elements(document, "outboundAccess").map((each) => ({
      ...partsOf(outboundFields, each),
      from: matchingElements(tierName, fieldOf(each, "from")),
    })),
    topology,
    hub: hubOf(topology, location, configuration),
  };
}

/** The hub of a location, or null where it has none. */
function hubIn(configuration: PlatformConfiguration, location: string): Hub | null {
  return configuration.hubs.find((hub) => hub.location === location) ?? null;
}

/**
 * The topology of the spoke that stands, so that a hub which the platform adds changes none; for a new one
 * `hub-spoke` where the platform has a hub in the location, else `standalone`.
 */
export function defaultTopology(
  configuration: PlatformConfiguration,
  location: string,
  standing: Placement | null,
): Topology {
  if (standing?.location === location) return standing.topology;
  return hubIn(configuration, location) ? "hub-spoke" : "standalone";
}

// In a location that is refused anyway, nothing can be said of hubs and firewalls.
function knownLocation(location: string | undefined, configuration: PlatformConfiguration): string | undefined {
  return location !== undefined && configuration.locations.includes(location) ? location : undefined;
}

function topologyOf(
  document: unknown,
  asked: Topology | undefined,
  location: string | undefined,
  configuration: PlatformConfiguration,
  standing: Placement | null,
): Topology | undefined {
  if (fieldOf(document, "topology") !== undefined || location === undefined) return asked;
  return defaultTopology(configuration, location, standing);
}

function hubOf(
  topology: Topology | undefined,
  location: string | undefined,
  configuration: PlatformConfiguration,
): Hub | null | undefined {
  if (topology === "standalone") return null;
  return topology === undefined || location === undefined ? undefined : hubIn(configuration, location);
}

function elements(document: unknown, key: string): readonly unknown[] {
  const list = fieldOf(document, key);
  return Array.isArray(list) ? list : [];
}
