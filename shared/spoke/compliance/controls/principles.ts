import type { DesiredResource } from "../../../domain/resource.ts";
import { resourceName, sameResourceId } from "../../../domain/resource-id.ts";
import type { AssessedSpoke } from "../assessed-spoke.ts";
import { byFindings, whereRead } from "../by-findings.ts";
import { type Control, fails, isNotApplicable, isUnknown, passes, worstOf } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = { step: null, section: "Zero Trust principles" } as const;

const isGroup = ({ type }: DesiredResource) => type === "Microsoft.Network/networkSecurityGroups";
const byGroups = standingAsDesired({
  of: isGroup,
  at: ({ pointer }) => /ApplicationSecurityGroupIds$/.test(pointer),
  none: "The spoke has no network security group.",
});
const members = standingAsDesired({ of: ({ type }) => type === "Microsoft.Network/networkInterfaces", none: "" });
const flowLog = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Network/networkWatchers/flowLogs",
  none: "The network has no flow log.",
});
const gateway = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Network/applicationGateways",
  at: ({ pointer }) => /^\/(?:sslPolicyName|hostName|backendPort|certificateSecretId)$/.test(pointer),
  none: "The spoke publishes nothing through an Application Gateway.",
});
const changes = standingAsDesired({
  of: ({ type }) =>
    type === "Microsoft.Insights/activityLogAlerts" || type === "Microsoft.EventGrid/systemTopics/eventSubscriptions",
  none: "Neither an alert nor events of changes are configured.",
});
const hasMachines = ({ design }: AssessedSpoke) => design.facts.networkInterfaces.length > 0;

export const principleControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-P.1",
    principles: ["Verify explicitly"],
    title: "Single interfaces are verified by application security groups over specific channels",
    severity: "high",
    evaluate: (spoke) => worstOf([byGroups(spoke), members(spoke)], "The spoke has no network security group."),
  },
  {
    ...about,
    id: "ZT-P.2",
    principles: ["Use least privileged access"],
    title: "RDP and SSH are open on no channel",
    severity: "critical",
    evaluate: whereRead(({ connectivity, findings }) => {
      const open = findings.filter(({ code }) => code === "ManagementPortOpen");
      const passing = (connectivity?.counterexamples ?? []).filter(
        ({ passes: does, packet }) =>
          does && packet.direction === "Inbound" && remoteAccess.has(packet.destinationPort),
      );
      const evidence = [
        ...open.map(({ message, resourceId }) => ({ resourceId, seen: message })),
        ...passing.map(({ words, networkSecurityGroup }) => ({ resourceId: networkSecurityGroup, seen: words })),
      ];
      if (evidence.length > 0) return fails(evidence, "Reach machines by Azure Bastion; allow its prefix only.");
      if (connectivity?.status === "Unknown") {
        return isUnknown(
          "A network security group could not be read.",
          "GET /api/spokes/{name}/connectivity says which.",
        );
      }
      return passes("No rule opens 22 or 3389 but to the platform's bastions.");
    }),
  },
  {
    ...about,
    id: "ZT-P.3",
    principles: ["Use least privileged access"],
    title: "Roles on the spoke are those that it needs",
    severity: "medium",
    evaluate: ({ surroundings: { assignments }, design, resources }) => {
      if (assignments === null) {
        return isUnknown("Role assignments were not read.", "Give the tool the right to read role assignments.");
      }
      const wanted = new Set(resources.flatMap(({ desired }) => roleOf(desired, design.names.resourceGroup)));
      const beyond = assignments.filter(({ roleDefinitionId }) => !wanted.has(roleGuid(roleDefinitionId)));
      if (beyond.length === 0) return passes("Nothing but the network managers' role is assigned on the group itself.");
      const evidence = beyond.map(({ id, roleDefinitionId }) => ({
        resourceId: id,
        seen: `It grants the role ${roleGuid(roleDefinitionId)} on the spoke's resource group.`,
      }));
      return fails(evidence, "Remove the assignment, or have it exempted with its reason.");
    },
  },
  {
    ...about,
    id: "ZT-P.4",
    principles: ["Use least privileged access"],
    title: "Access to machines is just in time",
    severity: "medium",
    evaluate: whereRead((spoke) => {
      if (!hasMachines(spoke)) return isNotApplicable("No machine stands in the spoke.");
      const seen = spoke.surroundings.justInTime;
      if (seen === null) {
        return isUnknown("Nobody has looked at just-in-time policies yet.", "The timer applyHardening looks at them.");
      }
      return seen.covered
        ? passes(seen.seen)
        : fails(
            [{ resourceId: null, seen: seen.seen }],
            "Switch the plan VirtualMachines P2 on; the tool makes the policy.",
          );
    }),
  },
  {
    ...about,
    id: "ZT-P.5",
    principles: ["Assume breach"],
    title: "Resources communicate no more than is needed",
    severity: "critical",
    evaluate: whereRead(({ connectivity }) => {
      if (connectivity === null) return passes("Everything stands as desired, and that is proven to let pass no more.");
      const { status, counterexamples, findings } = connectivity;
      if (status === "Proven") return passes("What stands is proven to let pass no more, over all packets.");
      if (status === "Unknown") {
        return isUnknown(
          "A network security group could not be read.",
          "GET /api/spokes/{name}/connectivity says which.",
        );
      }
      const evidence = [
        ...counterexamples.map(({ words, networkSecurityGroup }) => ({
          resourceId: networkSecurityGroup,
          seen: words,
        })),
        ...findings
          .filter(({ severity }) => severity === "critical")
          .map(({ message, resourceId }) => ({ resourceId, seen: message })),
      ];
      if (status === "NotBuilt")
        return fails([{ resourceId: null, seen: "Nothing of the network stands." }], "Run the spoke again.");
      return fails(evidence, "Send the spoke's request again (PUT): the run mends it.");
    }),
  },
  {
    ...about,
    id: "ZT-P.6",
    principles: ["Assume breach"],
    title: "Traffic is logged, and analytics make what is anomalous visible",
    severity: "high",
    evaluate: flowLog,
  },
  {
    ...about,
    id: "ZT-P.7",
    principles: ["Assume breach"],
    title: "Changes of network security groups are tracked",
    severity: "high",
    evaluate: (spoke) => {
      const tracked = changes(spoke);
      if (tracked.status !== "notApplicable") return tracked;
      return byFindings(["NetworkChangesNotAlerted", "NetworkEventsNotConfigured"], "They are.")(spoke);
    },
  },
  {
    ...about,
    id: "ZT-P.8",
    principles: ["Assume breach"],
    title: "Traffic with users is encrypted from end to end (TLS to the gateway and behind it)",
    severity: "high",
    evaluate: gateway,
  },
  {
    ...about,
    id: "ZT-P.9",
    principles: ["Assume breach"],
    title: "Traffic between machines is encrypted (virtual network encryption)",
    severity: "low",
    evaluate: ({ surroundings: { virtualNetworkEncrypted: encrypted }, design: { names } }) => {
      if (encrypted === null) return isUnknown("The network was not read.", "Give the tool the right to read it.");
      if (encrypted) return passes("Virtual network encryption is on.", names.virtualNetwork);
      const evidence = [{ resourceId: names.virtualNetwork, seen: "Virtual network encryption is off." }];
      return fails(evidence, "Switch it on where the machines' sizes support it (Azure, Virtual Network encryption).");
    },
  },
];

const remoteAccess = new Set([22, 3389]);

function roleGuid(roleDefinitionId: string): string {
  return resourceName(roleDefinitionId).toLowerCase();
}

function roleOf(desired: DesiredResource, resourceGroup: string): string[] {
  if (desired.type !== "Microsoft.Authorization/roleAssignments") return [];
  const scope = desired.id.slice(0, desired.id.toLowerCase().lastIndexOf("/providers/microsoft.authorization/"));
  return sameResourceId(scope, resourceGroup) ? [roleGuid(desired.body.roleDefinitionId)] : [];
}
