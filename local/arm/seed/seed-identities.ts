import type { Principal } from "../directory.ts";

const tail = (n: number) => String(n).padStart(12, "0");
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The tenant of the seed. */
export const tenantId = "99999999-9999-4999-8999-999999999999";

/** The landing-zone subscriptions. */
export const landingZones: readonly string[] = [
  "11111111-1111-1111-1111-111111111111",
  ...numbers(2, 30).map((n) => `11111111-1111-1111-1111-${tail(n)}`),
];

/** The platform's own subscription: hubs and logs. */
export const platformSubscription = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

const userIds = numbers(1, 9).map((n) => `77777777-7777-4777-8777-${tail(n)}`);

/** The teams' security groups. */
export const securityGroups: readonly Principal[] = [
  "22222222-2222-2222-2222-222222222222",
  ...numbers(2, 30).map((n) => `22222222-2222-2222-2222-${tail(n)}`),
].map((id, index) => ({
  id,
  principalType: "Group",
  displayName: `Network managers ${index + 1}`,
  securityEnabled: true,
  groupTypes: [],
  members: [userIds[index % userIds.length] ?? ""],
}));

/** The security group of those who may ask for spokes. */
export const requesterGroup: Principal = {
  id: "66666666-6666-4666-8666-666666666666",
  principalType: "Group",
  displayName: "Spoke requesters",
  securityEnabled: true,
  groupTypes: [],
  members: userIds.slice(0, 3),
};

/** The group of those who must get in whatever happens to multi-factor authentication. */
export const breakGlassGroup: Principal = {
  id: "66666666-6666-4666-8666-000000000911",
  principalType: "Group",
  displayName: "Emergency access",
  securityEnabled: true,
  groupTypes: [],
  members: userIds.slice(8),
};

/** A Microsoft 365 group: no role can be assigned to it. */
export const microsoft365Group: Principal = {
  id: "22222222-2222-2222-2222-000000000365",
  principalType: "Group",
  displayName: "Orders newsletter",
  securityEnabled: false,
  groupTypes: ["Unified"],
  members: userIds.slice(0, 2),
};

export const users: readonly Principal[] = userIds.map((id, index) => ({
  id,
  principalType: "User",
  displayName: `User ${index + 1}`,
  userPrincipalName: `user${index + 1}@contoso.com`,
}));

/** The managed identity that the app runs as. */
export const appIdentity = {
  id: "55555555-5555-5555-5555-555555555555",
  clientId: "44444444-4444-4444-4444-444444444444",
  principalType: "ServicePrincipal",
  displayName: "id-spoke-automation",
  servicePrincipalType: "ManagedIdentity",
  appRoles: [
    "Group.Read.All",
    "User.ReadBasic.All",
    "Application.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
  ],
} as const satisfies Principal;

/** The platform's owner. The secret is no secret: it opens nothing but this local stand-in. */
export const owner = {
  id: "99999999-0000-4000-8000-000000000002",
  clientId: "99999999-0000-4000-8000-000000000001",
  principalType: "ServicePrincipal",
  displayName: "Platform owner",
  servicePrincipalType: "Application",
  appRoles: ["Directory.Read.All", "Application.Read.All", "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"],
} as const satisfies Principal;

export const ownerSecret = "local-azure-owner";

/** The application that the sample request names. */
export const workloadApplication = {
  id: "33333333-3333-4333-8333-000000000001",
  clientId: "33333333-3333-3333-3333-333333333333",
  principalType: "ServicePrincipal",
  displayName: "Orders",
  servicePrincipalType: "Application",
} as const satisfies Principal;

/** Everybody. */
export const principals: readonly Principal[] = [
  ...securityGroups,
  requesterGroup,
  breakGlassGroup,
  microsoft365Group,
  ...users,
  appIdentity,
  owner,
  workloadApplication,
];
