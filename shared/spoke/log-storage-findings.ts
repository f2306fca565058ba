import type { Finding } from "../domain/finding.ts";
import type { StorageAccountFact } from "../domain/platform-facts.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** One Zero Trust setting of the storage that holds flow logs (guidance, step 5: storage account guidance). */
interface StorageControl {
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly holds: (account: StorageAccountFact) => boolean;
  readonly message: string;
  readonly remedy: string;
}

const controls: readonly StorageControl[] = [
  {
    code: "LogStorageAllowsSharedKeys",
    severity: "medium",
    holds: (account) => !account.allowSharedKeyAccess,
    message: "accepts shared keys",
    remedy: "Switch off shared key access; flow logs then write with an identity of their own.",
  },
  {
    code: "LogStorageAllowsPublicBlobs",
    severity: "high",
    holds: (account) => !account.allowBlobPublicAccess,
    message: "allows anonymous access to blobs",
    remedy: "Switch off public blob access.",
  },
  {
    code: "LogStorageAllowsHttp",
    severity: "high",
    holds: (account) => account.supportsHttpsTrafficOnly,
    message: "accepts unencrypted HTTP",
    remedy: "Require secure transfer.",
  },
  {
    code: "LogStorageOldTls",
    severity: "medium",
    holds: (account) => account.minimumTlsVersion === "TLS1_2" || account.minimumTlsVersion === "TLS1_3",
    message: "accepts TLS below 1.2",
    remedy: "Set the minimum TLS version to 1.2.",
  },
  {
    code: "LogStorageOpenNetwork",
    severity: "medium",
    holds: (account) => account.publicNetworkAccess === "Disabled" || account.networkDefaultAction === "Deny",
    message: "is reachable from every network",
    remedy: "Deny public network access by default and let trusted Azure services through.",
  },
  {
    code: "LogStorageWithoutInfrastructureEncryption",
    severity: "low",
    holds: (account) => account.requireInfrastructureEncryption,
    message: "has no infrastructure encryption",
    remedy: "Use an account made with infrastructure encryption (it cannot be added later).",
  },
];

/** Where the storage of the flow logs falls short of the Zero Trust guidance for storage. */
export function logStorageFindings(design: SpokeDesign): Finding[] {
  const account = design.facts.storageAccount;
  if (account === null) return [];
  return controls
    .filter((control) => !control.holds(account))
    .map((control) => ({
      code: control.code,
      severity: control.severity,
      message: `The storage account of the flow logs ${control.message}.`,
      resourceId: account.id,
      remedy: control.remedy,
      step: 5,
    }));
}
