import type { ProviderOperation, ResourceType } from "../resource-type.ts";
import { bystanders } from "./bystanders.ts";
import { scaleSetNetworkInterface, scaleSetVirtualMachine } from "./compute/scale-set-instance.ts";
import { virtualMachine } from "./compute/virtual-machine.ts";
import { virtualMachineScaleSet } from "./compute/virtual-machine-scale-set.ts";
import { systemTopicEventSubscription } from "./event-grid/event-subscription.ts";
import { systemTopic } from "./event-grid/system-topic.ts";
import { userAssignedIdentity } from "./identity/user-assigned-identity.ts";
import { deletedVault } from "./key-vault/deleted-vault.ts";
import { vault } from "./key-vault/vault.ts";
import { actionGroup } from "./monitor/action-group.ts";
import { activityLogAlert } from "./monitor/activity-log-alert.ts";
import { diagnosticSetting } from "./monitor/diagnostic-setting.ts";
import { diagnosticSettingsCategory } from "./monitor/diagnostic-settings-category.ts";
import { workspace } from "./monitor/workspace.ts";
import { privateDnsZone } from "./private-dns/private-dns-zone.ts";
import { privateDnsVirtualNetworkLink } from "./private-dns/virtual-network-link.ts";
import { assessment } from "./security/assessments/assessment.ts";
import { assessmentMetadataReads } from "./security/assessments/assessment-metadata.ts";
import { secureScoreReads } from "./security/assessments/secure-score-reads.ts";
import { jitNetworkAccessPolicy } from "./security/just-in-time/jit-network-access-policy.ts";
import { jitPolicyLists } from "./security/just-in-time/jit-policy-lists.ts";
import { adaptiveNetworkHardening } from "./security/network-hardening/adaptive-network-hardening.ts";
import { pricing, pricingReads } from "./security/pricing.ts";
import { securityContact } from "./security/security-contact.ts";
import { storageAccount } from "./storage/storage-account.ts";
import { storageAccountNameAvailability } from "./storage/storage-account-name.ts";
import { blobContainer, storageQueue } from "./storage/storage-parts.ts";

/** The resource types of local Azure outside Microsoft.Network's networks and Azure Resource Manager itself. */
export const platformResourceTypes: readonly ResourceType[] = [
  actionGroup,
  adaptiveNetworkHardening,
  assessment,
  activityLogAlert,
  blobContainer,
  ...bystanders,
  deletedVault,
  diagnosticSetting,
  diagnosticSettingsCategory,
  jitNetworkAccessPolicy,
  privateDnsVirtualNetworkLink,
  pricing,
  privateDnsZone,
  scaleSetNetworkInterface,
  scaleSetVirtualMachine,
  securityContact,
  storageAccount,
  storageQueue,
  systemTopic,
  systemTopicEventSubscription,
  userAssignedIdentity,
  vault,
  virtualMachine,
  virtualMachineScaleSet,
  workspace,
];

/** Calls of the same providers that are no operation of a resource. */
export const platformProviderOperations: readonly ProviderOperation[] = [
  ...assessmentMetadataReads,
  ...jitPolicyLists,
  ...pricingReads,
  ...secureScoreReads,
  storageAccountNameAvailability,
];
