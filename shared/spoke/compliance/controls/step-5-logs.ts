import { parseResourceId, sameResourceId } from "../../../domain/resource-id.ts";
import { byFindings } from "../by-findings.ts";
import { type Control, fails, isUnknown, passes, worstOf } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 5,
  principles: ["Assume breach"],
  section: "Step 5: Deploy network security group flow logging",
} as const;

const flowLog = "Microsoft.Network/networkWatchers/flowLogs";
const none = "The storage of the flow logs does not stand.";
const analytics = /^\/trafficAnalytics(?:\/|$)/;

/** Whether the flow log's own identity may write, where it has one. */
const identity = standingAsDesired({
  of: ({ type, id }, { design: { facts, names } }) =>
    (type === "Microsoft.ManagedIdentity/userAssignedIdentities" && id === names.flowLogIdentity) ||
    (type === "Microsoft.Authorization/roleAssignments" &&
      facts.storageAccount !== null &&
      sameResourceId(parseResourceId(id).parentId, facts.storageAccount.id)),
  none: "The flow log writes with the key of its storage account.",
});
const logged = standingAsDesired({
  of: ({ type }) => type === flowLog,
  at: ({ pointer }) => !analytics.test(pointer),
  none,
});
const watcher = standingAsDesired({
  of: ({ type, steps }) =>
    steps.includes(5) &&
    (type === "Microsoft.Network/networkWatchers" || type === "Microsoft.Resources/resourceGroups"),
  none,
});
const storage = byFindings(
  ["LogStorageAllowsHttp", "LogStorageOldTls", "LogStorageWithoutInfrastructureEncryption"],
  "The storage account of the flow logs follows the guidance for storage.",
);
const access = byFindings(
  ["LogStorageAllowsSharedKeys", "LogStorageAllowsPublicBlobs", "LogStorageOpenNetwork"],
  "Only identities that hold a role, from networks that are let in, read the storage of the flow logs.",
);
const noStorage = () => isUnknown(none, "A storage account that stands and that the tool may read would show it.");

export const logControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-5.10",
    title: "The network has a flow log, enabled, to the right storage, kept as long as configured",
    severity: "high",
    evaluate: (spoke) =>
      worstOf(
        [watcher(spoke), logged(spoke), identity(spoke)].filter((one) => one.status !== "notApplicable"),
        none,
      ),
  },
  {
    ...about,
    id: "ZT-5.11",
    title: "The flow log really writes",
    severity: "high",
    evaluate: ({ surroundings: { flowLog: seen }, design }) => {
      const id = design.names.flowLog;
      if (seen === null || seen.writing === null) {
        const why = seen?.seen ?? "Nobody has looked at the newest blob of the flow log yet.";
        return isUnknown(why, "The timer enforceFlowLogs looks at it.", id);
      }
      if (seen.writing) return passes(seen.seen, id);
      return fails(
        [{ resourceId: id, seen: seen.seen }],
        "Switch the flow log off and on; the timer enforceFlowLogs does.",
      );
    },
  },
  {
    ...about,
    id: "ZT-5.12",
    title: "The storage of the logs follows the Zero Trust guidance for storage",
    severity: "medium",
    evaluate: (spoke) => (spoke.design.facts.storageAccount === null ? noStorage() : storage(spoke)),
  },
  {
    ...about,
    id: "ZT-5.13",
    title: "Access to the logs is restricted",
    severity: "medium",
    evaluate: (spoke) => (spoke.design.facts.storageAccount === null ? noStorage() : access(spoke)),
  },
  {
    ...about,
    id: "ZT-5.14",
    title: "The logs flow into Log Analytics (traffic analytics)",
    severity: "medium",
    evaluate: standingAsDesired({
      of: ({ type }) => type === flowLog,
      at: ({ pointer }) => analytics.test(pointer),
      none,
    }),
  },
  {
    ...about,
    id: "ZT-5.15",
    title: "Microsoft Sentinel reads the workspace",
    severity: "low",
    evaluate: ({ surroundings: { sentinel }, design }) => {
      const { resourceId } = design.configuration.workspace;
      if (sentinel === true) return passes("The solution SecurityInsights stands on the workspace.", resourceId);
      const why = "Resource Graph shows no solution SecurityInsights for the workspace that the tool may read.";
      return isUnknown(why, "Microsoft Sentinel, Settings, of this workspace would show it.", resourceId);
    },
  },
];
