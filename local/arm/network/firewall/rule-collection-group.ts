import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { integerOf, listOf, objectOf, textOf, wordOf } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";
import { readFirewallRule } from "./read-firewall-rule.ts";

/** "Azure subscription and service limits": rule collection groups per firewall policy. */
const MAX_GROUPS = 90;

/** A firewall policy takes one change at a time: its own, that of one of its groups, or that of an IP group it uses. */
export const ruleCollectionGroup: ResourceType = {
  ...childType,
  type: networkTypes.ruleCollectionGroup,
  deletionOrder: 55,
  put: {
    operationName: "PutFirewallPolicyRuleCollectionGroupOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 120, update: 120 },
    prepare: (context, body) => {
      const properties = readGroup(context, body.properties);
      requirePlace(context, properties);
      return storedBody(body, properties);
    },
    conflictDomains: (context, body) => [context.id.parentId ?? "", ...ipGroupsIn(body)],
  },
  remove: {
    longRunning: "location",
    seconds: 120,
    conflictDomains: (context, existing) => [context.id.parentId ?? "", ...ipGroupsIn(existing.body)],
  },
};

function readGroup(context: WriteContext, given: JsonObject): JsonObject {
  requireKnownMembers(given, "properties", { modelled: ["priority", "ruleCollections"], readOnly: ["size"] });
  const priority = integerOf(given.priority, "properties.priority", 0);
  if (priority < 100 || priority > 65_000) {
    throw badRequest(
      "FirewallPolicyRuleGroupInvalidPriorityValue",
      `Invalid Rule Group ${context.id.name}. Invalid priority value ${priority}, must be between 100 and 65000`,
    );
  }
  const ruleCollections = listOf(given.ruleCollections, "properties.ruleCollections").map((one, index) =>
    readCollection(context, one, `properties.ruleCollections[${index}]`),
  );
  requireUnique(context, ruleCollections, "name", "FirewallPolicyRuleGroupRuleNamesMustBeUnique", "Name");
  requireUnique(context, ruleCollections, "priority", "FirewallPolicyRuleGroupRulePrioritiesMustBeUnique", "Priority");
  return { priority, ruleCollections };
}

function readCollection(context: WriteContext, given: unknown, path: string): JsonObject {
  const collection = objectOf(given, path);
  requireKnownMembers(collection, path, { modelled: ["ruleCollectionType", "name", "priority", "action", "rules"] });
  const ruleCollectionType = wordOf(collection.ruleCollectionType, `${path}.ruleCollectionType`, [
    "FirewallPolicyFilterRuleCollection",
    "FirewallPolicyNatRuleCollection",
  ]);
  if (ruleCollectionType === "FirewallPolicyNatRuleCollection") throw notModelled("NAT rule collections");
  const name = textOf(collection.name, `${path}.name`);
  const action = objectOf(collection.action, `${path}.action`);
  if (name === undefined || action.type === undefined) {
    throw badRequest("FirewallPolicyRuleActionRequired", `Invalid Rule ${name ?? path}. No action defined.`);
  }
  const rules = listOf(collection.rules, `${path}.rules`).map((rule, index) =>
    readFirewallRule(context, rule, `${path}.rules[${index}]`),
  );
  if (rules.length === 0) {
    throw badRequest(
      "FirewallPolicyRuleAtLeastOneRuleConditionRequired",
      `Invalid Rule ${name}. No rule conditions defined`,
    );
  }
  if (new Set(rules.map((rule) => rule.ruleType)).size > 1) {
    throw badRequest(
      "FirewallPolicyRuleConditionsMustBeOfSameType",
      `Invalid Rule ${name}. Cannot include rule conditions of type network and application in the same rule`,
    );
  }
  requireUnique(context, rules, "name", "FirewallPolicyRuleConditionNamesMustBeUnique", "Name");
  const priority = integerOf(collection.priority, `${path}.priority`, 0);
  if (priority < 100 || priority > 65_000) {
    throw badRequest(
      "FirewallPolicyRuleGroupInvalidPriorityValue",
      `Invalid Rule Group ${name}. Invalid priority value ${priority}, must be between 100 and 65000`,
    );
  }
  return {
    ruleCollectionType,
    name,
    priority,
    action: { type: wordOf(action.type, `${path}.action.type`, ["Allow", "Deny"]) },
    rules,
  };
}

function requireUnique(
  context: WriteContext,
  items: readonly JsonObject[],
  member: string,
  code: string,
  word: string,
): void {
  const seen = new Set<string>();
  for (const item of items) {
    const key = String(item[member]).toLowerCase();
    if (seen.has(key)) {
      throw badRequest(
        code,
        `Invalid Rule Group ${context.id.name}. ${word} ${String(item[member])} used for more than one rule.`,
      );
    }
    seen.add(key);
  }
}

/** A priority of its own in the policy, and no more groups than Azure takes. */
function requirePlace(context: WriteContext, properties: JsonObject): void {
  const policy = context.id.parentId ?? "";
  const others = context.world
    .list(networkTypes.ruleCollectionGroup, policy)
    .filter((group) => !sameId(group.id, context.id.id));
  if (others.length >= MAX_GROUPS) {
    throw badRequest(
      "FirewallPolicyRuleCollectionGroupsLimitReached",
      `Firewall Policy ${policy} cannot have more than ${MAX_GROUPS} rule collection groups.`,
    );
  }
  if (others.some((group) => group.body.properties.priority === properties.priority)) {
    throw badRequest(
      "FirewallPolicyRuleGroupPrioritiesMustBeUnique",
      `Invalid Firewall Policy ${policy}. Priority ${String(properties.priority)} used for more than one rule group.`,
    );
  }
}

function ipGroupsIn(body: ResourceBody): string[] {
  const collections = body.properties.ruleCollections as { rules: JsonObject[] }[];
  const ids = collections.flatMap(({ rules }) =>
    rules.flatMap((rule) =>
      [rule.sourceIpGroups, rule.destinationIpGroups].flatMap((list) => (list as string[] | undefined) ?? []),
    ),
  );
  return [...new Set(ids)];
}
