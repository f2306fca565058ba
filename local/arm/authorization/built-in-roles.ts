/** What a role definition permits. */
export interface RolePermissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** A role that Azure brings along. */
export interface BuiltInRole extends RolePermissions {
  readonly id: string;
  readonly roleName: string;
  readonly description: string;
}

const common = [
  "Microsoft.Authorization/*/read",
  "Microsoft.Insights/alertRules/*",
  "Microsoft.ResourceHealth/availabilityStatuses/read",
  "Microsoft.Resources/deployments/*",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
  "Microsoft.Support/*",
];
const blobs = "Microsoft.Storage/storageAccounts/blobServices";

function role(id: string, roleName: string, description: string, permissions: Partial<RolePermissions>): BuiltInRole {
  return {
    id,
    roleName,
    description,
    actions: [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
    ...permissions,
  };
}

/** Source: Azure RBAC, "Azure built-in roles". */
export const builtInRoles: readonly BuiltInRole[] = [
  role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", "Grants full access to manage all resources.", {
    actions: ["*"],
  }),
  role("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", "Grants full access except to assign roles.", {
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
      "Microsoft.Blueprint/blueprintAssignments/write",
      "Microsoft.Blueprint/blueprintAssignments/delete",
      "Microsoft.Compute/galleries/share/action",
      "Microsoft.Purview/consents/write",
      "Microsoft.Purview/consents/delete",
    ],
  }),
  role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "View all resources.", { actions: ["*/read"] }),
  role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", "Manage user access to Azure resources.", {
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
  }),
  role(
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "Role Based Access Control Administrator",
    "Manage access by assigning roles.",
    {
      actions: [
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "*/read",
        "Microsoft.Support/*",
      ],
    },
  ),
  role("4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor", "Manage networks, but not access to them.", {
    actions: [...common, "Microsoft.Network/*"],
  }),
  role("749f88d5-cbae-40b8-bcfc-e573ddc772fa", "Monitoring Contributor", "Read monitoring data, edit its settings.", {
    actions: ["*/read", "Microsoft.Insights/*", "Microsoft.OperationalInsights/workspaces/*", "Microsoft.Support/*"],
  }),
  role("92aaf0da-9dab-42b6-94a3-d43ce8d16293", "Log Analytics Contributor", "Read monitoring data and edit settings.", {
    actions: [
      "*/read",
      "Microsoft.Insights/diagnosticSettings/*",
      "Microsoft.OperationalInsights/*",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      "Microsoft.Support/*",
    ],
  }),
  role("fb1c8493-542b-48eb-b624-b4c8fea62acd", "Security Admin", "View and update permissions for Defender.", {
    actions: [...common, "Microsoft.Security/*", "Microsoft.Authorization/policyAssignments/*"],
  }),
  role("39bc4728-0917-49c7-9d2c-d95423bc2eb4", "Security Reader", "View permissions for Defender for Cloud.", {
    actions: [...common, "Microsoft.Security/*/read", "Microsoft.OperationalInsights/workspaces/*/read"],
  }),
  role("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor", "Manage storage accounts.", {
    actions: [...common, "Microsoft.Insights/diagnosticSettings/*", "Microsoft.Storage/storageAccounts/*"],
  }),
  role("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner", "Full access to blobs and their access.", {
    actions: [`${blobs}/containers/*`, `${blobs}/generateUserDelegationKey/action`],
    dataActions: [`${blobs}/containers/blobs/*`],
  }),
  role("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor", "Read, write and delete blobs.", {
    actions: [
      `${blobs}/containers/delete`,
      `${blobs}/containers/read`,
      `${blobs}/containers/write`,
      `${blobs}/generateUserDelegationKey/action`,
    ],
    dataActions: ["delete", "read", "write", "move/action", "add/action"].map(
      (verb) => `${blobs}/containers/blobs/${verb}`,
    ),
  }),
  role("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader", "Read blobs.", {
    actions: [`${blobs}/containers/read`, `${blobs}/generateUserDelegationKey/action`],
    dataActions: [`${blobs}/containers/blobs/read`],
  }),
  role("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor", "Read, write and delete queues.", {
    actions: ["delete", "read", "write"].map(
      (verb) => `Microsoft.Storage/storageAccounts/queueServices/queues/${verb}`,
    ),
    dataActions: ["Microsoft.Storage/storageAccounts/queueServices/queues/messages/*"],
  }),
  role("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender", "Add messages to a queue.", {
    dataActions: ["Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action"],
  }),
  role("00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator", "All data plane operations of a vault.", {
    actions: [...common, "Microsoft.KeyVault/vaults/read"],
    dataActions: ["Microsoft.KeyVault/vaults/*"],
  }),
  role("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User", "Read secret contents.", {
    dataActions: [
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ],
  }),
  role("db79e9a7-68ee-4b58-9aeb-b90e7c24fcba", "Key Vault Certificate User", "Read certificate contents.", {
    dataActions: [
      "Microsoft.KeyVault/vaults/certificates/read",
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      "Microsoft.KeyVault/vaults/keys/read",
    ],
  }),
  role("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator", "Read and assign an identity.", {
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
      ...common,
    ],
  }),
  role(
    "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
    "Managed Identity Contributor",
    "Create, read, update, delete identities.",
    {
      actions: [
        "Microsoft.ManagedIdentity/userAssignedIdentities/read",
        "Microsoft.ManagedIdentity/userAssignedIdentities/write",
        "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
        ...common,
      ],
    },
  ),
  role("1e241071-0855-49ea-94dc-649edcd759de", "EventGrid Contributor", "Manage EventGrid operations.", {
    actions: [...common, "Microsoft.EventGrid/*"],
  }),
];

const byId = new Map(builtInRoles.map((each) => [each.id, each]));

/** A built-in role by its GUID. */
export function builtInRole(id: string): BuiltInRole | undefined {
  return byId.get(id.toLowerCase());
}
