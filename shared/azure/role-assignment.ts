import type { RoleAssignment } from "@azure/arm-authorization";
import { RefusedError } from "../domain/errors.ts";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { parseResourceId } from "../domain/resource-id.ts";
import { isSame, parseExtensionPath, withoutLeadingSlash } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { identityPrincipal, principalIn } from "./identity-principal.ts";
import { unlessMissing } from "./missing.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";
import { readThrown } from "./thrown-failure.ts";

const type = "Microsoft.Authorization/roleAssignments";
type Type = typeof type;
type Wanted = Pick<DesiredResource<Type>, "id" | "body">;

/**
 * A role on a scope. The desired id carries a name that follows from scope, role and principal, so that a repeated
 * write is the same write; an equal assignment under another name is adopted, because Azure takes only one.
 */
export function roleAssignmentPort(clients: AzureClients): ResourcePort<Type> {
  /** Object id of the principal, null where it does not stand; an identity is named by an ARM id until it does. */
  async function principalOf({ body }: Wanted): Promise<string | null> {
    return body.principalId.startsWith("/") ? identityPrincipal(clients, body.principalId) : body.principalId;
  }

  async function find(desired: DesiredResource<Type>, principalId: string): Promise<RoleAssignment | null> {
    return (await standing(desired.id)) ?? (await findEqual(desired, principalId));
  }

  async function standing(id: string): Promise<RoleAssignment | null> {
    const { roleAssignments } = await clients.authorization();
    return unlessMissing(() => roleAssignments.getById(withoutLeadingSlash(id)));
  }

  async function findEqual(wanted: Wanted, principalId: string): Promise<RoleAssignment | null> {
    const { roleAssignments } = await clients.authorization();
    const { scope } = parseExtensionPath(wanted.id);
    return unlessMissing(async () => {
      const filter = `principalId eq '${principalId}'`;
      for await (const assignment of roleAssignments.listForScope(scope, { filter })) {
        if (isEqual(assignment, wanted, principalId)) return assignment;
      }
      return null;
    });
  }

  async function create(desired: DesiredResource<Type>, principalId: string): Promise<void> {
    const { scope, name } = parseExtensionPath(desired.id);
    const { roleDefinitionId, principalType } = desired.body;
    const { roleAssignments } = await clients.authorization();
    // Without the type Azure looks the principal up, and refuses one that is younger than its replica of Entra.
    await roleAssignments.create(scope, name, { roleDefinitionId, principalId, principalType });
  }

  /** Looks first: a condition on our right to delete asks about what stands, and would refuse where nothing does. */
  async function remove(id: string): Promise<void> {
    if ((await standing(id)) === null) return;
    const { roleAssignments } = await clients.authorization();
    await unlessMissing(() => roleAssignments.deleteById(withoutLeadingSlash(id)));
  }

  async function removeEqual(wanted: Wanted): Promise<void> {
    const principalId = await principalOf(wanted);
    const equal = principalId === null ? null : await findEqual(wanted, principalId);
    if (equal?.id !== undefined) await remove(equal.id);
  }

  return {
    observe: (desired) =>
      clients.attempt(desired.id, async () => {
        const principalId = await principalOf(desired);
        return principalId === null ? null : asObserved(await find(desired, principalId), desired, principalId);
      }),
    observeIn: (snapshot, desired) => {
      const principalId = principalIn(snapshot, desired.body.principalId);
      if (principalId === null) return null;
      const own = snapshot.byId(desired.id);
      const subscriptionId = parseResourceId(desired.id).subscriptionId ?? "";
      const assignments = (own === undefined ? snapshot.ofType(type, subscriptionId) : [own]).map(
        nativeOf<RoleAssignment>,
      );
      const native = own === undefined ? assignments.find((one) => isEqual(one, desired, principalId)) : assignments[0];
      return asObserved(native ?? null, desired, principalId);
    },
    write: (desired) =>
      clients.attempt(desired.id, async () => {
        const principalId = await principalOf(desired);
        if (principalId === null) throw identityMissing(desired);
        try {
          await create(desired, principalId);
        } catch (thrown) {
          const { code } = readThrown(thrown);
          const adopted = code === "RoleAssignmentExists" && (await find(desired, principalId)) !== null;
          if (adopted) return;
          // Ours by its name, but of a principal that is gone: an identity that was made anew under its old name.
          if (code !== "RoleAssignmentUpdateNotPermitted") throw thrown;
          await remove(desired.id);
          await create(desired, principalId);
        }
      }),
    remove: (id, recorded) =>
      clients.attempt(id, async () => {
        await remove(id);
        if (recorded !== undefined) await removeEqual({ id, body: recorded });
      }),
  };
}

function asObserved(native: RoleAssignment | null, desired: DesiredResource<Type>, principalId: string) {
  return native === null ? null : observedResource(type, native, toBody(native, desired, principalId), desired.id);
}

function identityMissing({ id, body }: Wanted): RefusedError {
  return new RefusedError({
    code: "IdentityMissing",
    message: `The identity of ${body.principalId}, to which the role belongs, was removed while the work ran.`,
    resourceId: id,
    remedy: "Run again: the identity is made anew first.",
  });
}

/** A list for a scope also tells what holds above and below it; a conditional assignment grants less than desired. */
function isEqual(assignment: RoleAssignment, { id, body }: Wanted, principalId: string): boolean {
  return (
    isSame(withoutLeadingSlash(assignment.scope ?? ""), parseExtensionPath(id).scope) &&
    isSame(assignment.principalId, principalId) &&
    isSameRole(assignment.roleDefinitionId, body.roleDefinitionId) &&
    !assignment.condition
  );
}

function toBody(native: RoleAssignment, { body }: DesiredResource<Type>, principalId: string): ResourceBodies[Type] {
  const sameRole = isSameRole(native.roleDefinitionId, body.roleDefinitionId);
  const samePrincipal = isSame(native.principalId, principalId);
  return {
    roleDefinitionId: sameRole ? body.roleDefinitionId : (native.roleDefinitionId ?? ""),
    principalId: samePrincipal ? body.principalId : (native.principalId ?? ""),
    principalType: native.principalType === "ServicePrincipal" ? "ServicePrincipal" : "Group",
  };
}

/** Azure tells a role's id under the subscription that was asked, whatever was written: its GUID alone is the role. */
function isSameRole(one: string | undefined, other: string): boolean {
  return isSame(one?.split("/").at(-1), other.split("/").at(-1));
}
