import { readFileSync } from "node:fs";
import fc from "fast-check";
import { isIpv4Address, isIpv4Prefix, prefixesOverlap } from "../../../shared/domain/address-prefix.ts";
import { parsePlatformConfiguration } from "../../../shared/domain/parse-platform-configuration.ts";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import type { SpokeRequest } from "../../../shared/domain/spoke-request.ts";
import type { Parsed } from "../../../shared/domain/violation.ts";
import { managementAccessList, outboundAccessList } from "./access-arbitraries.ts";
import { flowList, guid, hostName, lineOfText, type TierInput, tierList } from "./application-arbitraries.ts";

/** The body of a request, as a portal sends it: defaults may be left out. */
export type RequestBody = ReturnType<typeof assemble>;

/** The platform for which the requests below are valid: the sample in the project. */
export const samplePlatform: PlatformConfiguration = parsed(parsePlatformConfiguration(sampleConfigurationJson()));

export function sampleConfigurationJson(): unknown {
  return JSON.parse(readFileSync(new URL("../../../platform-configuration.sample.json", import.meta.url), "utf8"));
}

const spokeName = fc
  .stringMatching(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/)
  .filter((name) => name !== "plan" && name !== "gateway");

/** Where a spoke stands and how it gets out, as far as one depends on the other. */
const placement = fc.oneof(
  fc.record({
    location: fc.constantFrom("westeurope", "northeurope"),
    topology: fc.constantFrom("hub-spoke" as const, undefined),
    outbound: fc.constantFrom("deny-all" as const, "deny-virtual-network" as const, "allow-all" as const, undefined),
  }),
  fc.record({
    location: fc.constantFrom("westeurope", "northeurope", "swedencentral"),
    topology: fc.constant("standalone" as const),
    outbound: fc.constantFrom("deny-all" as const, undefined),
  }),
);

/** A canonical RFC 1918 prefix of /16 to /24. */
export const privatePrefix = fc
  .tuple(fc.constantFrom(10, 172, 192), fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 24 }))
  .map(([first, second, third, length]) => {
    const middle = first === 192 ? 168 : first === 172 ? 16 + (second % 16) : second;
    return `${first}.${middle}.${third & (0xff << (24 - length))}.0/${length}`;
  });

const tags = fc.dictionary(
  fc
    .stringMatching(/^[a-z][a-z0-9 :_.-]{0,30}$/)
    .filter((name) => !/^(microsoft|azure|windows|zero-trust-spoke$)/.test(name)),
  lineOfText,
  { maxKeys: 6 },
);

const gateway = fc.option(
  fc.record({
    hostName,
    certificateSecretId: fc
      .stringMatching(/^[A-Za-z0-9-]{1,20}$/)
      .map((secret) => `https://kv-platform.vault.azure.net/secrets/${secret}`),
  }),
  { nil: {} },
);

/** Bodies of valid requests with 1 to 12 tiers, of every topology, with and without what is optional. */
export const requestBody: fc.Arbitrary<RequestBody> = fc
  .record({
    name: spokeName,
    subscriptionId: fc.constantFrom(...samplePlatform.subscriptionIds),
    placement,
    addressPrefix: fc.option(privatePrefix, { nil: undefined }),
    networkManagersGroupId: guid,
    clientId: fc.option(guid, { nil: undefined }),
    gateway,
    tiers: tierList,
    tags: fc.option(tags, { nil: undefined }),
  })
  .chain((parts) => {
    const names = parts.tiers.map((tier) => tier.name);
    return fc.record({
      parts: fc.constant(parts),
      flows: flowList(parts.tiers),
      managementAccess: managementAccessList(names),
      outboundAccess: outboundAccessList(names, parts.placement.topology !== "standalone"),
    });
  })
  .map(assemble);

/** Valid requests, parsed. */
export const spokeRequest: fc.Arbitrary<SpokeRequest> = requestBody.map((body) =>
  parsed(parseSpokeRequest(body, samplePlatform)),
);

interface Drawn {
  readonly parts: {
    readonly name: string;
    readonly subscriptionId: string;
    readonly placement: { location: string; topology: string | undefined; outbound: string | undefined };
    readonly addressPrefix: string | undefined;
    readonly networkManagersGroupId: string;
    readonly clientId: string | undefined;
    readonly gateway: { hostName?: string; certificateSecretId?: string };
    readonly tiers: readonly TierInput[];
    readonly tags: Readonly<Record<string, string>> | undefined;
  };
  readonly flows: readonly unknown[];
  readonly managementAccess: readonly unknown[];
  readonly outboundAccess: readonly { readonly to: string }[];
}

function assemble({ parts, flows, managementAccess, outboundAccess }: Drawn) {
  const { placement: place, gateway: published, clientId, tiers, ...rest } = parts;
  const own = parts.addressPrefix;
  const body = {
    ...rest,
    ...place,
    application: { clientId, ...published, tiers, flows },
    managementAccess,
    outboundAccess: outboundAccess.filter(({ to }) => own === undefined || !reaches(to, own)),
  };
  // As JSON carries it: what is undefined is absent.
  return JSON.parse(JSON.stringify(body)) as typeof body;
}

function reaches(to: string, prefix: string): boolean {
  return (isIpv4Address(to) || isIpv4Prefix(to)) && prefixesOverlap(to, prefix);
}

function parsed<T>(answer: Parsed<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(JSON.stringify(answer.violations));
}
