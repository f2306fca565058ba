import { isIPv4 } from "node:net";
import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { addressToNumber, isAddressOrCanonicalPrefix } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, integerOf, listOf, objectOf, stringsOf, textOf, wordOf } from "../json-value.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { parsePortRange } from "../security-groups/port-range.ts";
import { isServiceTag } from "../service-tags.ts";
import { requireKnownMembers } from "../stored-body.ts";

const COMMON = ["ruleType", "name", "description", "sourceAddresses", "sourceIpGroups"];
const NETWORK = ["ipProtocols", "destinationAddresses", "destinationPorts", "destinationIpGroups", "destinationFqdns"];
const APPLICATION = ["protocols", "targetFqdns", "fqdnTags", "webCategories", "destinationAddresses", "terminateTLS"];
const FQDN =
  /^(?:\*|(?:\*\.?)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?)*)$/;

/**
 * Checks one rule of a filter rule collection.
 * @returns the rule as Azure answers it
 */
export function readFirewallRule(context: WriteContext, given: unknown, path: string): JsonObject {
  const rule = objectOf(given, path);
  const ruleType = wordOf(rule.ruleType, `${path}.ruleType`, ["ApplicationRule", "NetworkRule", "NatRule"]);
  if (ruleType === "NatRule") throw notModelled("NAT rules of firewall policies");
  const name = textOf(rule.name, `${path}.name`);
  if (name === undefined)
    throw badRequest("FirewallPolicyRuleNameRequired", `Invalid Rule at ${path}. No name defined.`);
  const common = {
    ruleType,
    name,
    description: textOf(rule.description, `${path}.description`),
    sourceAddresses: readAddresses(rule, "sourceAddresses", path, name, false),
    sourceIpGroups: readIpGroups(context, rule, "sourceIpGroups", path),
  };
  if (common.sourceAddresses.length + common.sourceIpGroups.length === 0) {
    throw badRequest(
      "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
      `Firewall Policy Rule Condition ${name} should have IP addresses and ports specified. * is used to match all.`,
    );
  }
  const specific =
    ruleType === "NetworkRule" ? readNetworkRule(context, rule, path, name) : readApplicationRule(rule, path, name);
  return defined({ ...common, ...specific });
}

function readNetworkRule(context: WriteContext, rule: JsonObject, path: string, name: string): JsonObject {
  requireKnownMembers(rule, path, { modelled: [...COMMON, ...NETWORK] });
  const ipProtocols = listOf(rule.ipProtocols, `${path}.ipProtocols`).map((one) =>
    wordOf(one, `${path}.ipProtocols`, ["TCP", "UDP", "Any", "ICMP"]),
  );
  if (ipProtocols.length === 0) {
    throw badRequest(
      "FirewallPolicyNetworkRuleConditionAtLeastOneProtocolRequired",
      `Firewall Policy Network Rule Condition ${name} should have atleast one protocol specified.`,
    );
  }
  const destinationPorts = stringsOf(rule.destinationPorts, `${path}.destinationPorts`);
  const wrong = destinationPorts.find((port) => !parsePortRange(port));
  if (wrong !== undefined) {
    throw badRequest(
      "FirewallPolicyRuleConditionInvalidPortOrRangeFormat",
      `Firewall Policy Rule Condition ${name}: Invalid port value or range ${wrong}.`,
    );
  }
  const destinations = {
    destinationAddresses: readAddresses(rule, "destinationAddresses", path, name, true),
    destinationIpGroups: readIpGroups(context, rule, "destinationIpGroups", path),
    destinationFqdns: readFqdns(rule, "destinationFqdns", path, name),
  };
  if (destinationPorts.length === 0 || Object.values(destinations).every((list) => list.length === 0)) {
    throw badRequest(
      "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
      `Firewall Policy Rule Condition ${name} should have IP addresses and ports specified. * is used to match all.`,
    );
  }
  return { ipProtocols, ...destinations, destinationPorts };
}

function readApplicationRule(rule: JsonObject, path: string, name: string): JsonObject {
  requireKnownMembers(rule, path, {
    modelled: [...COMMON, ...APPLICATION],
    unmodelled: ["targetUrls", "httpHeadersToInsert"],
  });
  const protocols = listOf(rule.protocols, `${path}.protocols`).map((entry, index) => {
    const protocol = objectOf(entry, `${path}.protocols[${index}]`);
    return {
      protocolType: wordOf(protocol.protocolType, `${path}.protocols[${index}].protocolType`, ["Http", "Https"]),
      port: integerOf(protocol.port, `${path}.protocols[${index}].port`, 443),
    };
  });
  const targetFqdns = readFqdns(rule, "targetFqdns", path, name);
  const fqdnTags = stringsOf(rule.fqdnTags, `${path}.fqdnTags`);
  const webCategories = stringsOf(rule.webCategories, `${path}.webCategories`);
  if (protocols.length === 0 && fqdnTags.length === 0) {
    throw badRequest(
      "FirewallPolicyApplicationRuleConditionAtLeastOneProtocolRequired",
      `Firewall Policy Application Rule Condition ${name} should have atleast one protocol specified.`,
    );
  }
  if (targetFqdns.length > 0 && fqdnTags.length > 0) {
    throw badRequest(
      "FirewallPolicyApplicationRuleConditionHasBothTargetFqdnAndFqdnTags",
      `Firewall Policy Application Rule Condition ${name} has both Target Fqdns and FqdnTags`,
    );
  }
  if (targetFqdns.length + fqdnTags.length + webCategories.length === 0) {
    throw badRequest(
      "FirewallPolicyRuleAtLeastOneRuleConditionRequired",
      `Invalid Rule ${name}. No rule conditions defined`,
    );
  }
  return {
    protocols,
    targetFqdns,
    fqdnTags,
    webCategories,
    destinationAddresses: readAddresses(rule, "destinationAddresses", path, name, true),
    terminateTLS: flagOf(rule.terminateTLS, `${path}.terminateTLS`, false),
  };
}

function readAddresses(rule: JsonObject, member: string, path: string, name: string, tags: boolean): string[] {
  const addresses = stringsOf(rule[member], `${path}.${member}`);
  const wrong = addresses.find((one) => !isAddress(one) && !(tags && isServiceTag(one)));
  if (wrong !== undefined) {
    throw badRequest(
      "FirewallPolicyRuleConditionInvalidIpAddressOrRangeFormat",
      `Firewall Policy Rule Condition ${name}: Invalid IP address value or range ${wrong}.`,
    );
  }
  return addresses;
}

function isAddress(text: string): boolean {
  if (text === "*" || isAddressOrCanonicalPrefix(text)) return true;
  const [first = "", last = ""] = text.split("-");
  return isIPv4(first) && isIPv4(last) && addressToNumber(first) <= addressToNumber(last);
}

function readFqdns(rule: JsonObject, member: string, path: string, name: string): string[] {
  const fqdns = stringsOf(rule[member], `${path}.${member}`);
  const wrong = fqdns.find((fqdn) => !FQDN.test(fqdn));
  if (wrong !== undefined) {
    throw badRequest(
      "FirewallPolicyApplicationRuleConditionInvalidTargetFqdn",
      `Firewall Policy Application Rule Condition ${name} has invalid target fqdn ${wrong}`,
    );
  }
  return fqdns;
}

function readIpGroups(context: WriteContext, rule: JsonObject, member: string, path: string): string[] {
  return stringsOf(rule[member], `${path}.${member}`).map(
    (id) => context.reference(id, { type: networkTypes.ipGroup }).id,
  );
}
