import type { JsonObject } from "../../json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, objectOf, referenceOf, stringsOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

const MEMBERS = {
  modelled: ["sku", "threatIntelMode", "dnsSettings", "basePolicy"],
  readOnly: ["firewalls", "childPolicies", "ruleCollectionGroups", "size"],
  unmodelled: [
    "threatIntelWhitelist",
    "insights",
    "snat",
    "sql",
    "explicitProxy",
    "intrusionDetection",
    "transportSecurity",
  ],
};

export const firewallPolicy: ResourceType = {
  ...topLevelType,
  type: networkTypes.firewallPolicy,
  deletionOrder: 60,
  put: {
    operationName: "PutFirewallPolicyOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 60, update: 60 },
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      const base = referenceOf(given.basePolicy, "properties.basePolicy");
      const tier = wordOf(
        objectOf(given.sku, "properties.sku").tier,
        "properties.sku.tier",
        ["Basic", "Standard", "Premium"],
        "Standard",
      );
      return storedBody(
        body,
        defined({
          resourceGuid: resourceGuidOf(context.existing),
          sku: { tier },
          threatIntelMode: wordOf(
            given.threatIntelMode,
            "properties.threatIntelMode",
            ["Alert", "Deny", "Off"],
            "Alert",
          ),
          dnsSettings: readDnsSettings(given),
          basePolicy: base && { id: context.reference(base, { type: networkTypes.firewallPolicy }).id },
        }),
      );
    },
  },
  remove: {
    longRunning: "location",
    seconds: 60,
    check: (context, existing) => {
      if (context.world.referencesTo(existing.id, networkTypes.azureFirewall).length > 0) {
        throw badRequest(
          "FirewallPolicyHasAzureFirewallReferences",
          `Firewall Policy '${existing.id}' cannot be deleted since there are Azure Firewalls using this policy.`,
        );
      }
      if (context.world.referencesTo(existing.id, networkTypes.firewallPolicy).length > 0) {
        throw badRequest(
          "FirewallPolicyHasChildPolicyReferences",
          `Firewall Policy '${existing.id}' cannot be deleted since there are other policies that inherit from this policy.`,
        );
      }
    },
  },
  view: (document, resource, world) => {
    const references = (type: string) => world.referencesTo(resource.id, type).map(({ id }) => ({ id }));
    return {
      ...document,
      properties: {
        ...document.properties,
        ruleCollectionGroups: world.list(networkTypes.ruleCollectionGroup, resource.id).map(({ id }) => ({ id })),
        firewalls: references(networkTypes.azureFirewall),
        childPolicies: references(networkTypes.firewallPolicy),
      },
    };
  },
};

function readDnsSettings(given: JsonObject): JsonObject | undefined {
  if (given.dnsSettings === undefined || given.dnsSettings === null) return undefined;
  const path = "properties.dnsSettings";
  const settings = objectOf(given.dnsSettings, path);
  requireKnownMembers(settings, path, {
    modelled: ["servers", "enableProxy"],
    unmodelled: ["requireProxyForNetworkRules"],
  });
  return {
    servers: stringsOf(settings.servers, `${path}.servers`),
    enableProxy: flagOf(settings.enableProxy, `${path}.enableProxy`, false),
  };
}
