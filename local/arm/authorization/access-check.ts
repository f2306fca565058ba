import type { Directory } from "../directory.ts";
import type { Resource } from "../resource.ts";
import { idKey, isWithin } from "../resource-id.ts";
import type { ResourceStore } from "../store/resource-store.ts";
import { coversAction } from "./action-pattern.ts";
import type { RolePermissions } from "./built-in-roles.ts";
import { rolePermissions } from "./role-permissions.ts";

/** A role assignment that permits an action. */
export interface Grant {
  readonly assignmentId: string;
}

/** That a principal was permitted an action, and by which roles (GUIDs): one alone where no other would have done. */
export interface UsedPermission {
  readonly principalId: string;
  readonly kind: ActionKind;
  readonly action: string;
  readonly roles: readonly string[];
}

export type ActionKind = "action" | "dataAction";

const assignmentType = "Microsoft.Authorization/roleAssignments";

/**
 * Decides by role assignments, as Azure RBAC does: an assignment counts at its scope and below, for its principal and
 * the members of its group, directly or through groups; a role permits its actions without its notActions.
 * Source: Azure RBAC, "What is Azure role-based access control", section "How Azure RBAC determines access".
 */
export class AccessCheck {
  readonly #resources: ResourceStore;
  readonly #directory: Directory;
  readonly #rootManagementGroup: string;
  /** Hears of every permission that was asked for and granted; undefined where nobody listens. */
  onGranted: ((permission: UsedPermission) => void) | undefined;

  constructor(resources: ResourceStore, directory: Directory, tenantId: string) {
    this.#resources = resources;
    this.#directory = directory;
    this.#rootManagementGroup = `/providers/microsoft.management/managementgroups/${tenantId}`;
  }

  /**
   * The assignments that permit the action at the scope; none means forbidden.
   * @param holds whether an assignment's condition is met; by default every one is
   */
  grants(
    principalId: string,
    scopeId: string,
    action: string,
    kind: ActionKind = "action",
    holds: (condition: string) => boolean = () => true,
  ): readonly Grant[] {
    const grants: Grant[] = [];
    const roles = new Set<string>();
    for (const { id, body } of this.#assignmentsOf(principalId)) {
      const { scope, roleDefinitionId, condition } = body.properties;
      if (!this.#covers(String(scope), scopeId)) continue;
      if (!this.#permits(String(roleDefinitionId), action, kind)) continue;
      if (typeof condition === "string" && !holds(condition)) continue;
      roles.add(guidOf(String(roleDefinitionId)));
      grants.push({ assignmentId: id });
    }
    if (grants.length > 0) this.onGranted?.({ principalId, kind, action, roles: [...roles].sort() });
    return grants;
  }

  /** What the principal's roles permit at the scope, role by role. */
  permissionsAt(principalId: string, scopeId: string): readonly RolePermissions[] {
    return this.#assignmentsOf(principalId).flatMap(({ body }) => {
      const { scope, roleDefinitionId } = body.properties;
      if (!this.#covers(String(scope), scopeId)) return [];
      return rolePermissions(guidOf(String(roleDefinitionId)), (id) => this.#resources.stored(id)) ?? [];
    });
  }

  /**
   * The scopes, as keys, at and below which the principal's assignments permit the action, for questions about thousands
   * of resources, each with the roles (GUIDs) that do; without an action the scopes of all its assignments. `/` stands for
   * the root management group too. Whoever asks tells `onGranted` himself what came of it.
   */
  scopesPermitting(principalId: string, action?: string): ReadonlyMap<string, ReadonlySet<string>> {
    const scopes = new Map<string, Set<string>>();
    for (const { body } of this.#assignmentsOf(principalId)) {
      const { scope, roleDefinitionId } = body.properties;
      if (action !== undefined && !this.#permits(String(roleDefinitionId), action, "action")) continue;
      const key = idKey(String(scope)) === this.#rootManagementGroup ? "/" : idKey(String(scope));
      const roles = scopes.get(key) ?? new Set();
      scopes.set(key, roles.add(guidOf(String(roleDefinitionId))));
    }
    return scopes;
  }

  /** The role assignments of the principal and of the groups that it is in, wherever they are. */
  #assignmentsOf(principalId: string): readonly Resource[] {
    const principals = new Set([principalId, ...this.#directory.groupsOf(principalId)].map((id) => id.toLowerCase()));
    return this.#resources
      .list(assignmentType)
      .filter(({ body }) => principals.has(String(body.properties.principalId).toLowerCase()));
  }

  /** True where an assignment at `assigned` counts at `scopeId`. */
  #covers(assigned: string, scopeId: string): boolean {
    if (isWithin(scopeId, assigned)) return true;
    return assigned.toLowerCase() === this.#rootManagementGroup && scopeId !== "/";
  }

  #permits(roleDefinition: string, action: string, kind: ActionKind): boolean {
    const permissions = rolePermissions(guidOf(roleDefinition), (id) => this.#resources.stored(id)) ?? [];
    return permissions.some((each) => {
      const allowed = kind === "action" ? each.actions : each.dataActions;
      const excluded = kind === "action" ? each.notActions : each.notDataActions;
      return (
        allowed.some((pattern) => coversAction(pattern, action)) &&
        !excluded.some((pattern) => coversAction(pattern, action))
      );
    });
  }
}

function guidOf(roleDefinition: string): string {
  return roleDefinition.slice(roleDefinition.lastIndexOf("/") + 1).toLowerCase();
}
