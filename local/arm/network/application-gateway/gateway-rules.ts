import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { defined, flagOf, textOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember, notModelled } from "./gateway-errors.ts";
import {
  type GatewayPart,
  type GivenPart,
  integerBetween,
  partReference,
  readParts,
  requiredReference,
} from "./gateway-part.ts";
import { shownMembersOf } from "./part-references.ts";

/** Reads the rules that send what a listener takes in to a backend pool, or elsewhere. */
export function readRequestRoutingRules(context: WriteContext, properties: JsonObject): GatewayPart[] {
  const priorities = new Map<number, string>();
  const listeners = new Map<string, string>();
  const rules = readParts(context, properties, "requestRoutingRules", (part) => {
    const rule = readRule(part);
    requireUnused(priorities, rule.priority as number, part.id, (other) =>
      badRequest(
        "ApplicationGatewayRequestRoutingRulesWithSamePriority",
        `Request routing rules ${other} and ${part.id} have the same priority ${rule.priority}. Priorities must be unique.`,
      ),
    );
    const listener = (rule.httpListener as { id: string }).id;
    requireUnused(listeners, listener.toLowerCase(), part.id, (other) =>
      badRequest(
        "ApplicationGatewayRequestRoutingRulesUsingSameHttpListener",
        `Request routing rules ${other} and ${part.id} use the same listener ${listener}.`,
      ),
    );
    return rule;
  });
  if (rules.length === 0) throw missingMember("requestRoutingRules", context.id.id);
  return rules;
}

function requireUnused<Key>(seen: Map<Key, string>, key: Key, id: string, refusal: (other: string) => Error): void {
  const other = seen.get(key);
  if (other !== undefined) throw refusal(other);
  seen.set(key, id);
}

function readRule(part: GivenPart): JsonObject {
  const { given, path } = part;
  requireKnownMembers(given, path, {
    modelled: [
      "ruleType",
      "priority",
      "httpListener",
      "backendAddressPool",
      "backendHttpSettings",
      "redirectConfiguration",
    ],
    unmodelled: [
      "urlPathMap",
      "advancedRoutingMap",
      "rewriteRuleSet",
      "loadDistributionPolicy",
      "entraJWTValidationConfig",
      "authConfigs",
    ],
  });
  const ruleType = wordOf(
    given.ruleType,
    `${path}.ruleType`,
    ["Basic", "PathBasedRouting", "AdvancedRouting"],
    "Basic",
  );
  if (ruleType !== "Basic") throw notModelled(`request routing rules of type ${ruleType}`);
  if (given.priority === undefined || given.priority === null) {
    throw badRequest(
      "ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty",
      `Priority for the request routing rule ${part.id} cannot be empty. All request routing rules should have a priority defined starting from api-version 2021-08-01`,
    );
  }
  const backendAddressPool = partReference(part, "backendAddressPool");
  const backendHttpSettings = partReference(part, "backendHttpSettings");
  const redirectConfiguration = partReference(part, "redirectConfiguration");
  const sends = backendAddressPool !== undefined && backendHttpSettings !== undefined;
  const either = redirectConfiguration ? !backendAddressPool && !backendHttpSettings : sends;
  if (!either) {
    throw badRequest(
      "ApplicationGatewayRequestRoutingRuleTargetInvalid",
      `Request routing rule ${part.id} must reference either a backend address pool with backend HTTP settings or a redirect configuration.`,
    );
  }
  return defined({
    ruleType,
    priority: integerBetween(part, "priority", 1, 20_000, 0),
    httpListener: requiredReference(part, "httpListener"),
    backendAddressPool,
    backendHttpSettings,
    redirectConfiguration,
  });
}

/** Reads the redirects, to another listener or to a URL. */
export function readRedirectConfigurations(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "redirectConfigurations", (part) => {
    const { given, path } = part;
    requireKnownMembers(given, path, {
      modelled: ["redirectType", "targetListener", "targetUrl", "includePath", "includeQueryString"],
      readOnly: shownMembersOf("redirectConfigurations"),
      unmodelled: ["urlPathMaps", "pathRules"],
    });
    const targetListener = partReference(part, "targetListener");
    const targetUrl = textOf(given.targetUrl, `${path}.targetUrl`);
    if ((targetListener === undefined) === (targetUrl === undefined)) {
      throw badRequest(
        "ApplicationGatewayRedirectConfigurationTargetInvalid",
        `Redirect configuration ${part.id} must have either a target listener or a target URL.`,
      );
    }
    return defined({
      redirectType: wordOf(given.redirectType, `${path}.redirectType`, ["Permanent", "Found", "SeeOther", "Temporary"]),
      targetListener,
      targetUrl,
      includePath: flagOf(given.includePath, `${path}.includePath`, false),
      includeQueryString: flagOf(given.includeQueryString, `${path}.includeQueryString`, false),
    });
  });
}
