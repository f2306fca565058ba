import type { DesiredResource } from "../../../domain/resource.ts";
import { byFindings } from "../by-findings.ts";
import { type Control, fails, isUnknown, passes, worstOf } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = {
  step: 7,
  principles: ["Assume breach"],
  section: "Step 7: Enable advanced threat detection and protection",
} as const;

const eventTypes: ReadonlySet<string> = new Set([
  "Microsoft.Resources/resourceGroups",
  "Microsoft.Authorization/roleAssignments",
  "Microsoft.EventGrid/systemTopics",
  "Microsoft.EventGrid/systemTopics/eventSubscriptions",
]);

const isPlan = ({ type }: DesiredResource) => type === "Microsoft.Security/pricings";
const plans = standingAsDesired({ of: isPlan, none: "The platform configures no plans of Defender for Cloud." });
const analytics = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Network/networkWatchers/flowLogs",
  none: "The network has no flow log.",
});
const contact = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Security/securityContacts",
  none: "The platform configures no security contact.",
});
const alert = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Insights/activityLogAlerts",
  none: "The platform configures nobody to tell.",
});
const events = standingAsDesired({
  of: ({ type, steps }) => steps.includes(7) && eventTypes.has(type),
  none: "The platform configures no events.",
});
const unconfigured = (code: string) => byFindings([code], "It is configured.");

export const stepSevenControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-7.1",
    title: "The plans of Microsoft Defender for Cloud are on",
    severity: "high",
    evaluate: (spoke) =>
      worstOf([unconfigured("DefenderForCloudNotConfigured")(spoke), plans(spoke)].filter(isJudged), ""),
  },
  {
    ...about,
    id: "ZT-7.2",
    title: "Somebody is told of security alerts",
    severity: "medium",
    evaluate: (spoke) =>
      worstOf([unconfigured("DefenderForCloudNotConfigured")(spoke), contact(spoke)].filter(isJudged), ""),
  },
  {
    ...about,
    id: "ZT-7.3",
    title: "Recommendations can be seen, by MITRE tactic and resource group",
    severity: "low",
    evaluate: ({ surroundings: { recommendations } }) => {
      if (recommendations !== null && recommendations > 0) {
        return passes(
          `Defender assesses the subscription (${recommendations} results): GET /api/recommendations filters them.`,
        );
      }
      const why = "Resource Graph shows no assessments of Defender for Cloud in the subscription.";
      return isUnknown(why, "Assessments appear within a day after a plan is switched on.");
    },
  },
  {
    ...about,
    id: "ZT-7.4",
    title: "Rules are hardened by what traffic needs (adaptive network hardening and its successor)",
    severity: "low",
    evaluate: ({ surroundings: { learnt }, design }) => {
      if (learnt === null) {
        const why = "Defender's adaptive network hardening is retired, and nothing was learnt from flow logs yet.";
        return isUnknown(why, "The timer applyHardening learns what traffic needs.", design.names.flowLog);
      }
      const { open, checkedAt } = learnt;
      if (open.length === 0) return passes(`No recommendation is open of the traffic until ${checkedAt}.`);
      const evidence = open.map((title) => ({ resourceId: null, seen: title }));
      return fails(evidence, "Accept them, or tell why not: GET /api/recommendations.");
    },
  },
  {
    ...about,
    id: "ZT-7.5",
    title: "Anomalous traffic raises alerts",
    severity: "medium",
    evaluate: (spoke) =>
      worstOf(
        [unconfigured("DefenderForCloudNotConfigured")(spoke), plans(spoke), analytics(spoke)].filter(isJudged),
        "",
      ),
  },
  {
    ...about,
    id: "ZT-7.6",
    title: "Somebody is told when a network security group is changed",
    severity: "medium",
    evaluate: (spoke) => worstOf([unconfigured("NetworkChangesNotAlerted")(spoke), alert(spoke)].filter(isJudged), ""),
  },
  {
    ...about,
    id: "ZT-7.7",
    title: "Changes of the network by hand reach the tool",
    severity: "medium",
    evaluate: (spoke) =>
      worstOf([unconfigured("NetworkEventsNotConfigured")(spoke), events(spoke)].filter(isJudged), ""),
  },
];

function isJudged({ status }: { readonly status: string }): boolean {
  return status !== "notApplicable";
}
