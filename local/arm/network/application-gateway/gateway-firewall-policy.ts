import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { referenceOf } from "../json-value.ts";
import { badRequest, invalidResourceReference } from "./gateway-errors.ts";
import { gatewayTypes } from "./gateway-type-names.ts";

/**
 * Reads the web application firewall policy of a gateway, which the WAF tier needs and no other has.
 * @param tier the gateway's tier
 * @param location the gateway's region, in which the policy must be too
 */
export function readFirewallPolicy(
  context: WriteContext,
  given: JsonObject,
  tier: string,
  location: string | undefined,
): { id: string } | undefined {
  const gatewayId = context.id.id;
  const policyId = referenceOf(given.firewallPolicy, "properties.firewallPolicy");
  if (policyId === undefined) {
    if (tier === "WAF_v2") throw withoutPolicy(context);
    return undefined;
  }
  if (tier !== "WAF_v2") {
    throw badRequest(
      "ApplicationGatewayFirewallPolicyNotSupportedForSelectedSku",
      `Application Gateway ${gatewayId} with the selected SKU tier ${tier} cannot have the WAF policy ${policyId}.`,
    );
  }
  const policy = context.reference(policyId, { type: gatewayTypes.webApplicationFirewallPolicy });
  if (policy.body.location !== location) throw invalidResourceReference(policyId, gatewayId);
  return { id: policy.id };
}

function withoutPolicy({ id, existing }: WriteContext): Error {
  const present = existing?.body.properties.firewallPolicy as { id: string } | undefined;
  if (present !== undefined) {
    return badRequest(
      "ApplicationGatewayFirewallPolicyCannotBeRemoved",
      `Firewall policy ${present.id} cannot be removed from Application Gateway, changing from one firewall policy to another is permitted.`,
    );
  }
  return badRequest(
    "ApplicationGatewayFirewallNotConfiguredForSelectedSku",
    `Application Gateway ${id.id} with the selected SKU tier WAF_v2 must have a valid WAF policy or configuration`,
  );
}
