import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { idKey, parseResourceId, sameId } from "../../resource-id.ts";
import type { WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, integerOf, objectOf, textOf, wordOf } from "../json-value.ts";
import { badRequest, invalidMember, missingMember } from "../refusals.ts";
import { virtualNetworkOfSubnet } from "../security-groups/application-security-group-vnets.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { readTrafficAnalytics } from "./traffic-analytics.ts";

const TARGETS: readonly string[] = [networkTypes.virtualNetwork, networkTypes.subnet, networkTypes.networkInterface];
const RECORD_TYPES = ["B", "C", "E", "D"];

/**
 * "Azure RBAC permissions required to use Network Watcher", section "Flow logs". Its queryFlowLogStatus is for a call of
 * its own. It does not say which call asks for configureFlowLog: this one does, so that nobody comes to lack it.
 */
const configureFlowLog = "Microsoft.Network/networkWatchers/configureFlowLog/action";
const accountActions = ["listServiceSas/action", "listAccountSas/action", "listKeys/action"];

/**
 * Checks a flow log: its target, its storage account and its workspace, all of which must stand, the first two in the
 * watcher's region.
 * @param location region of the flow log
 */
export function readFlowLog(context: WriteContext, given: JsonObject, location: string | undefined): JsonObject {
  requireKnownMembers(given, "properties", {
    modelled: [
      "targetResourceId",
      "storageId",
      "enabled",
      "enabledFilteringCriteria",
      "recordTypes",
      "retentionPolicy",
      "format",
      "flowAnalyticsConfiguration",
    ],
    readOnly: ["targetResourceGuid"],
  });
  const target = readTarget(context, given);
  const storageId = textOf(given.storageId, "properties.storageId");
  if (storageId === undefined) throw missingMember("storageId", context.id.id);
  context.requireAction(context.id.parentId ?? "", configureFlowLog);
  // Azure writes to the account through a shared access signature, or as the flow log's own identity.
  const storage = context.reference(storageId, { type: "Microsoft.Storage/storageAccounts", joinAction: false });
  for (const action of accountActions) context.requireAction(storage.id, `Microsoft.Storage/storageAccounts/${action}`);
  requireRegion(context, "target", target.id, regionOf(context, target), location);
  requireRegion(context, "storage account", storage.id, storage.body.location, location);
  requireRegion(context, "network watcher", context.parent?.id ?? "", context.parent?.body.location, location);
  const criteria = textOf(given.enabledFilteringCriteria, "properties.enabledFilteringCriteria");
  return defined({
    targetResourceId: target.id,
    targetResourceGuid: guidOf(context, target),
    storageId: storage.id,
    enabled: flagOf(given.enabled, "properties.enabled", true),
    enabledFilteringCriteria: criteria ?? "",
    recordTypes: readRecordTypes(given),
    retentionPolicy: readRetention(given),
    format: readFormat(given),
    flowAnalyticsConfiguration: readTrafficAnalytics(context, given.flowAnalyticsConfiguration),
  });
}

function readTarget(context: WriteContext, given: JsonObject): Resource {
  const id = textOf(given.targetResourceId, "properties.targetResourceId");
  if (id === undefined) throw missingMember("targetResourceId", context.id.id);
  const parsed = parseResourceId(id);
  const type = TARGETS.find((one) => one.toLowerCase() === parsed?.type.toLowerCase());
  const isGroup = parsed?.type.toLowerCase() === networkTypes.networkSecurityGroup.toLowerCase();
  if (isGroup && !context.existing) {
    throw badRequest(
      "NsgFlowLogCreationBlocked",
      "On September 30, 2027, Network Security Group (NSG) flow logs will be retired. Creation of new NSG flow logs is blocked starting June 30, 2025. We recommend migrating to virtual network flow logs, which address the limitations of NSG flow logs. For more information, see https://aka.ms/NsgFlowLogRetirement.",
    );
  }
  if (type === undefined && !isGroup) {
    throw badRequest(
      "InvalidFlowLogTarget",
      `Target resource ${id} of flow log ${context.id.id} must be a virtual network, a subnet or a network interface.`,
    );
  }
  const target = context.reference(id, { joinAction: false });
  const present = context.existing?.body.properties.targetResourceId;
  if (typeof present === "string" && !sameId(present, target.id)) {
    throw badRequest(
      "FlowLogTargetResourceCannotBeChanged",
      `The target resource of flow log ${context.id.id} cannot be changed from ${present} to ${target.id}.`,
    );
  }
  const other = context.world
    .referencesTo(target.id, networkTypes.flowLog)
    .find(
      (log) =>
        idKey(log.id) !== idKey(context.id.id) && sameId(String(log.body.properties.targetResourceId), target.id),
    );
  if (other) {
    throw badRequest(
      "FlowLogAlreadyExistsForTargetResource",
      `Flow log ${other.id} already exists for target resource ${target.id}. A target resource can have one flow log.`,
    );
  }
  return target;
}

function networkOf(context: WriteContext, target: Resource): Resource {
  const network = target.type === networkTypes.subnet ? context.world.get(virtualNetworkOfSubnet(target.id)) : target;
  return network ?? target;
}

function regionOf(context: WriteContext, target: Resource): string | undefined {
  return networkOf(context, target).body.location;
}

function guidOf(context: WriteContext, target: Resource): unknown {
  return networkOf(context, target).body.properties.resourceGuid;
}

function requireRegion(
  context: WriteContext,
  kind: string,
  id: string,
  region: string | undefined,
  own: string | undefined,
): void {
  if (region === own) return;
  throw badRequest(
    "FlowLogRegionMismatch",
    `Flow log ${context.id.id} is in region ${own}; its ${kind} ${id} must be in the same region, but is in ${region}.`,
  );
}

function readRecordTypes(given: JsonObject): string | undefined {
  const types = textOf(given.recordTypes, "properties.recordTypes");
  if (types?.split(",").some((type) => !RECORD_TYPES.includes(type.trim()))) {
    throw invalidMember(types, "properties.recordTypes", RECORD_TYPES.join(","));
  }
  return types;
}

function readRetention(given: JsonObject): JsonObject {
  const path = "properties.retentionPolicy";
  const policy = objectOf(given.retentionPolicy, path);
  requireKnownMembers(policy, path, { modelled: ["days", "enabled"] });
  const days = integerOf(policy.days, `${path}.days`, 0);
  if (days < 0 || days > 365) throw invalidMember(days, `${path}.days`, "0 to 365");
  return { days, enabled: flagOf(policy.enabled, `${path}.enabled`, false) };
}

function readFormat(given: JsonObject): JsonObject {
  const path = "properties.format";
  const format = objectOf(given.format, path);
  requireKnownMembers(format, path, { modelled: ["type", "version"] });
  const version = integerOf(format.version, `${path}.version`, 2);
  if (version !== 1 && version !== 2) throw invalidMember(version, `${path}.version`, "1, 2");
  return { type: wordOf(format.type, `${path}.type`, ["JSON"], "JSON"), version };
}
