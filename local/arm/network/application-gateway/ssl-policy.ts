import type { JsonObject } from "../../json.ts";
import { defined, objectOf, stringsOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember } from "./gateway-errors.ts";

const PROTOCOLS = ["TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** "Application Gateway TLS policy overview": predefined policies and the lowest version that each lets in. */
export const predefinedSslPolicies: Readonly<Record<string, Protocol>> = {
  AppGwSslPolicy20150501: "TLSv1_0",
  AppGwSslPolicy20170401: "TLSv1_1",
  AppGwSslPolicy20170401S: "TLSv1_2",
  AppGwSslPolicy20220101: "TLSv1_2",
  AppGwSslPolicy20220101S: "TLSv1_2",
};

/** What a gateway without a policy of its own has, from api-version 2023-02-01 on. */
export const defaultSslPolicy = "AppGwSslPolicy20220101";

/** TLS 1.0 and 1.1 ended on 31 August 2025. */
const LOWEST: Protocol = "TLSv1_2";
const CIPHER_SUITE = /^TLS_[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:SHA|SHA256|SHA384)$/;

/** Reads the gateway's TLS policy: one of Azure's, or a list of cipher suites with a lowest version. */
export function readSslPolicy(value: unknown, gatewayId: string): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  const path = "properties.sslPolicy";
  const policy = objectOf(value, path);
  requireKnownMembers(policy, path, {
    modelled: ["policyType", "policyName", "minProtocolVersion", "cipherSuites"],
    unmodelled: ["disabledSslProtocols"],
  });
  const policyType = wordOf(
    policy.policyType,
    `${path}.policyType`,
    ["Predefined", "Custom", "CustomV2"],
    "Predefined",
  );
  if (policyType === "Predefined") {
    const names = Object.keys(predefinedSslPolicies);
    const policyName = wordOf(policy.policyName, `${path}.policyName`, names);
    requireModern(predefinedSslPolicies[policyName] ?? LOWEST, gatewayId);
    return { policyType, policyName };
  }
  if (policy.minProtocolVersion === undefined) throw missingMember(`${path}.minProtocolVersion`, gatewayId);
  const minProtocolVersion = wordOf(policy.minProtocolVersion, `${path}.minProtocolVersion`, PROTOCOLS);
  requireModern(minProtocolVersion, gatewayId);
  const cipherSuites = stringsOf(policy.cipherSuites, `${path}.cipherSuites`);
  requireCipherSuites(policyType, minProtocolVersion, cipherSuites, gatewayId);
  return defined({
    policyType,
    minProtocolVersion,
    cipherSuites: cipherSuites.length > 0 ? cipherSuites : undefined,
  });
}

function requireModern(lowest: Protocol, gatewayId: string): void {
  if (PROTOCOLS.indexOf(lowest) >= PROTOCOLS.indexOf(LOWEST)) return;
  throw badRequest(
    "ApplicationGatewayDeprecatedTlsVersionUsedInSslPolicy",
    `The TLS policy of Application Gateway ${gatewayId} uses the deprecated TLS version ${lowest}. Use ${LOWEST} or later.`,
  );
}

/** TLS 1.3 has suites of its own that cannot be chosen; every other policy names some. Only CustomV2 knows TLS 1.3. */
function requireCipherSuites(type: string, lowest: Protocol, suites: readonly string[], gatewayId: string): void {
  const valid = suites.every((suite) => CIPHER_SUITE.test(suite)) && (suites.length > 0 || lowest === "TLSv1_3");
  if (valid && (lowest !== "TLSv1_3" || type === "CustomV2")) return;
  throw badRequest(
    "ApplicationGatewaySslPolicyInvalid",
    `The ${type} TLS policy of Application Gateway ${gatewayId} with lowest version ${lowest} has invalid cipher suites: ${suites.join(", ")}.`,
  );
}
