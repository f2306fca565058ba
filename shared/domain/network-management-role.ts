/**
 * Actions of the custom role "Network Management" (guidance, step 1: read all in the scope, any action of the
 * network, support and resources providers).
 */
export const networkManagementActions: readonly string[] = [
  "*/read",
  "Microsoft.Network/*",
  "Microsoft.Resources/*",
  "Microsoft.Support/*",
];

/** Azure's built-in role Network Contributor, the guidance's alternative. */
export const networkContributorRoleId = "4d97b98b-1d4f-4787-a291-c67834d212e7";
