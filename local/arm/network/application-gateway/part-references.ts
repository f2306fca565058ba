import type { JsonObject } from "../../json.ts";
import { idKey } from "../../resource-id.ts";
import { invalidResourceReference } from "./gateway-errors.ts";
import { type GatewayPart, partsOf } from "./gateway-part.ts";

/** Who names whom inside one gateway, and the member under which the named part shows it. */
interface PartReference {
  readonly from: string;
  readonly member: string;
  readonly to: string;
  readonly shownAs: string;
}

const REFERENCES: readonly PartReference[] = [
  {
    from: "httpListeners",
    member: "frontendIPConfiguration",
    to: "frontendIPConfigurations",
    shownAs: "httpListeners",
  },
  { from: "httpListeners", member: "frontendPort", to: "frontendPorts", shownAs: "httpListeners" },
  { from: "httpListeners", member: "sslCertificate", to: "sslCertificates", shownAs: "httpListeners" },
  { from: "backendHttpSettingsCollection", member: "probe", to: "probes", shownAs: "backendHttpSettings" },
  {
    from: "backendHttpSettingsCollection",
    member: "trustedRootCertificates",
    to: "trustedRootCertificates",
    shownAs: "backendHttpSettings",
  },
  { from: "requestRoutingRules", member: "httpListener", to: "httpListeners", shownAs: "requestRoutingRules" },
  {
    from: "requestRoutingRules",
    member: "backendAddressPool",
    to: "backendAddressPools",
    shownAs: "requestRoutingRules",
  },
  {
    from: "requestRoutingRules",
    member: "backendHttpSettings",
    to: "backendHttpSettingsCollection",
    shownAs: "requestRoutingRules",
  },
  {
    from: "requestRoutingRules",
    member: "redirectConfiguration",
    to: "redirectConfigurations",
    shownAs: "requestRoutingRules",
  },
  { from: "redirectConfigurations", member: "targetListener", to: "httpListeners", shownAs: "redirectConfiguration" },
];

/** The members under which parts of a collection show who names them: computed, passed over in a request. */
export function shownMembersOf(collection: string): string[] {
  return REFERENCES.filter(({ to }) => to === collection).map(({ shownAs }) => shownAs);
}

/**
 * Refuses references inside a gateway that lead to no part of the same gateway.
 * @param properties the gateway's properties, as they are to be stored
 * @throws ArmError `InvalidResourceReference`
 */
export function requireReferencedParts(properties: JsonObject): void {
  for (const { from, member, to } of REFERENCES) {
    const known = new Set(partsOf(properties, to).map(({ id }) => idKey(id)));
    for (const part of partsOf(properties, from)) {
      const missing = namedBy(part, member).find((id) => !known.has(idKey(id)));
      if (missing !== undefined) throw invalidResourceReference(missing, part.id);
    }
  }
}

/** The gateway's properties with every part showing the parts that name it. */
export function withShownReferences(properties: JsonObject): JsonObject {
  const collections = new Set(REFERENCES.map(({ to }) => to));
  const shown = [...collections].map((collection) => [
    collection,
    partsOf(properties, collection).map((part) => ({
      ...part,
      properties: { ...part.properties, ...shownBy(properties, collection, part) },
    })),
  ]);
  return { ...properties, ...Object.fromEntries(shown) };
}

function shownBy(properties: JsonObject, collection: string, target: GatewayPart): JsonObject {
  const shown: Record<string, unknown> = {};
  for (const { from, member, to, shownAs } of REFERENCES) {
    if (to !== collection) continue;
    const users = partsOf(properties, from).filter((part) =>
      namedBy(part, member).some((id) => idKey(id) === idKey(target.id)),
    );
    if (users.length > 0) shown[shownAs] = users.map(({ id }) => ({ id }));
  }
  return shown;
}

function namedBy(part: GatewayPart, member: string): string[] {
  const value = part.properties[member];
  const references = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return references.map((reference: { id: string }) => reference.id);
}
