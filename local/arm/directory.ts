/** Kinds of principals in Microsoft Entra that Azure RBAC knows. */
export type PrincipalType = "User" | "Group" | "ServicePrincipal";

/** A user, group or service principal of the tenant. */
export interface Principal {
  /** Object id. */
  readonly id: string;
  readonly principalType: PrincipalType;
  readonly displayName: string;
  /** Application id, for service principals. */
  readonly clientId?: string;
  /** For service principals: how it came to be. */
  readonly servicePrincipalType?: "Application" | "ManagedIdentity";
  /** For groups. */
  readonly securityEnabled?: boolean;
  /** For groups: `Unified` marks a Microsoft 365 group. */
  readonly groupTypes?: readonly string[];
  /** For groups: object ids of the direct members. */
  readonly members?: readonly string[];
  readonly userPrincipalName?: string;
  /** For service principals: Microsoft Graph application permissions held, such as `Group.Read.All`. */
  readonly appRoles?: readonly string[];
}

/** The principals of the tenant. */
export interface Directory {
  find(principalId: string): Principal | undefined;
  findByClientId(clientId: string): Principal | undefined;
  /**
   * Adds or replaces; used by completions that make an identity. In Azure a new principal is known at once to who makes
   * it, and everywhere only after a while.
   */
  put(principal: Principal, replicatedAfterSeconds?: number): void;
  /** Whether it is known everywhere by now. */
  isReplicated(principalId: string): boolean;
  remove(principalId: string): void;
  /** Object ids of the groups that the principal is in, directly or through groups. */
  groupsOf(principalId: string): readonly string[];
}
