import type { Finding } from "../../domain/finding.ts";
import type { FlowLogState } from "../../domain/flow-log-coverage.ts";
import { resourceName } from "../../domain/resource-id.ts";

/** So often a silent flow log is switched off and on before a person has to look. */
export const mostRestarts = 3;

/** What a person should know about a network whose flow log is not as it shall be. */
export function flowLogFindings(
  state: FlowLogState,
  about: {
    readonly virtualNetworkId: string;
    readonly flowLogId: string | null;
    readonly restarts: number;
    readonly differences: readonly { readonly pointer: string }[];
    readonly location: string;
  },
): Finding[] {
  const network = resourceName(about.virtualNetworkId);
  const finding = (code: string, severity: Finding["severity"], message: string, remedy: string): Finding => ({
    code,
    severity,
    message,
    remedy,
    resourceId: about.flowLogId ?? about.virtualNetworkId,
    step: 5,
  });
  switch (state) {
    case "Missing":
      return [finding("FlowLogMissing", "high", `${network} has no flow log.`, whatEnforceDoes)];
    case "Wrong": {
      const where = about.differences.map(({ pointer }) => pointer).join(", ") || "its last operation failed";
      return [
        finding(
          "FlowLogDiffers",
          "medium",
          `The flow log of ${network} is otherwise than it shall be: ${where}.`,
          whatEnforceDoes,
        ),
      ];
    }
    case "Silent":
      return about.restarts < mostRestarts
        ? [
            finding(
              "FlowLogSilent",
              "high",
              `A machine runs in ${network}, and its flow log writes nothing. A rotated key of the storage account does that.`,
              "Switch the flow log off and on again; enforcementMode `enforce` does so.",
            ),
          ]
        : [
            finding(
              "FlowLogStaysSilent",
              "high",
              `The flow log of ${network} was switched off and on ${about.restarts} times, and still writes nothing.`,
              "Look whether the storage account admits it: its firewall lets trusted Azure services in, no policy or lock forbids writing, and the flow log's identity holds its role.",
            ),
          ];
    case "NoStorage":
      return [
        finding(
          "FlowLogStorageMissing",
          "high",
          `No usable storage account is configured for flow logs in ${about.location}, so ${network} has none.`,
          "Name a Standard account of this region in flowLogs.storageAccountIds of the platform configuration.",
        ),
      ];
    case "AtWork":
    case "Covered":
      return [];
  }
}

const whatEnforceDoes = "With enforcementMode `enforce` the tool makes it so; else make it so by hand.";
