import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { roleDefinitionId } from "../authorization/role-permissions.ts";
import type { Engine } from "../engine/engine.ts";
import { seedIpamPool } from "./seed-addresses.ts";
import { seedHubs } from "./seed-hubs.ts";
import { platformSubscription } from "./seed-identities.ts";
import { seedWorkspace } from "./seed-logs.ts";
import { seedProtection } from "./seed-protection.ts";
import { SeedWriter } from "./seed-writer.ts";

/**
 * By each action, why the app needs it. Exact: a pattern would permit what nobody gave a reason for. Reading is the
 * exception, because what may not be read is missing from Azure's lists without a word.
 */
const reasonsByAction = z.record(
  z.string().regex(/^(?:\*\/read|[A-Za-z]+\.[A-Za-z]+(?:\/[A-Za-z]+)+)$/),
  z.string().min(1),
);

const roleFile = z.strictObject({
  id: z.guid(),
  roleName: z.string().min(1),
  description: z.string(),
  actions: reasonsByAction,
  dataActions: reasonsByAction,
  assignAt: z.array(z.enum(["subscriptions", "hubs", "logs", "secrets", "names", "addresses", "events"])).min(1),
  /** Narrows the assignment (Azure RBAC, "Delegate Azure access management to others"). */
  condition: z.string().optional(),
  conditionVersion: z.literal("2.0").optional(),
});

/** Where the app holds its roles. */
const fixedScopes = {
  hubs: seedHubs.map(({ virtualNetworkId }) => resourceGroupOf(virtualNetworkId)),
  logs: [resourceGroupOf(seedWorkspace.id)],
  secrets: [resourceGroupOf(seedProtection.vault)],
  names: [resourceGroupOf(seedProtection.privateDnsZone)],
  addresses: [resourceGroupOf(seedIpamPool.id)],
  events: [seedProtection.eventStorage],
} as const;

/** A custom role of the app, as its infrastructure code keeps it, and the name of its file. */
export type AppRole = z.infer<typeof roleFile> & { readonly file: string };

/**
 * Reads every JSON file of a folder as a role.
 * @throws Error naming the file, for one of another shape
 */
export function readAppRoles(folder: string): readonly AppRole[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => {
    const parsed = roleFile.safeParse(JSON.parse(readFileSync(join(folder, file), "utf8")));
    if (!parsed.success) throw new Error(`${join(folder, file)} is no role: ${z.prettifyError(parsed.error)}`);
    return { ...parsed.data, file };
  });
}

/**
 * Defines the roles as their files say now, and assigns those that are new to the app's identity: an assignment that
 * somebody took away stays away at the next start.
 * @param added landing-zone subscriptions that are new themselves: all their roles are assigned there
 */
export function seedAppRoles(engine: Engine, roles: readonly AppRole[], added: readonly string[] = []): void {
  const seed = new SeedWriter(engine);
  const scopes = { ...fixedScopes, subscriptions: landingZoneScopes(engine) };
  const newScopes = new Set(added.map((id) => `/subscriptions/${id}`));
  for (const role of roles) {
    const assignedScopes = role.assignAt.flatMap((where) => scopes[where]);
    // Azure takes no single resource among the scopes of a custom role ("Understand Azure role definitions", AssignableScopes).
    const assignableScopes = assignedScopes.map(resourceGroupOf);
    const { roleName, description, condition } = role;
    const [actions, dataActions] = [Object.keys(role.actions), Object.keys(role.dataActions)];
    const permissions = [{ actions, notActions: [], dataActions, notDataActions: [] }];
    const at = assignableScopes[0] ?? "";
    const isNew = engine.resources.stored(roleDefinitionId(role.id)) === undefined;
    seed.put(`${at}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`, {
      properties: { roleName, description, permissions, assignableScopes },
    });
    for (const scope of assignedScopes.filter((each) => isNew || newScopes.has(each)))
      seed.assignToApp(scope, role.id, condition);
  }
}

function landingZoneScopes(engine: Engine): readonly string[] {
  const all = engine.subscriptions.all().map(({ subscriptionId }) => subscriptionId);
  return all.filter((id) => id !== platformSubscription).map((id) => `/subscriptions/${id}`);
}

/** The resource group that an id lies in; an id without one stays as it is. */
function resourceGroupOf(id: string): string {
  return id.split("/providers/")[0] ?? id;
}
