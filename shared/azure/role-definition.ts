import type { RoleDefinition } from "@azure/arm-authorization";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { parseExtensionPath, withoutLeadingSlash } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { inOrderOf } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";

type Type = "Microsoft.Authorization/roleDefinitions";

/**
 * A custom role. The app only reads it: whoever may write role definitions could give itself any right, so that a
 * platform's owner writes it once, by the bootstrap.
 */
export function roleDefinitionPort(clients: AzureClients): ResourcePort<Type> {
  const read = async (id: string) => {
    const { roleDefinitions } = await clients.authorization();
    return unlessMissing(() => roleDefinitions.getById(withoutLeadingSlash(id)));
  };
  return {
    observe: (desired) => clients.attempt(desired.id, async () => asObserved(await read(desired.id), desired)),
    observeIn: (snapshot, desired) => {
      const raw = snapshot.byId(desired.id);
      return asObserved(raw === undefined ? null : nativeOf<RoleDefinition>(raw), desired);
    },
    write: (desired) =>
      clients.attempt(desired.id, async () => {
        const { scope, name } = parseExtensionPath(desired.id);
        const standing = await read(desired.id);
        const { roleDefinitions } = await clients.authorization();
        await roleDefinitions.createOrUpdate(scope, name, toNative(desired, scope, standing));
      }),
    remove: (id) =>
      clients.attempt(id, async () => {
        const { scope, name } = parseExtensionPath(id);
        const { roleDefinitions } = await clients.authorization();
        await unlessMissing(() => roleDefinitions.delete(scope, name));
      }),
  };
}

function asObserved(native: RoleDefinition | null, desired: DesiredResource<Type>) {
  if (native === null) return null;
  return observedResource("Microsoft.Authorization/roleDefinitions", native, toBody(native, desired), desired.id);
}

/** Azure allows several permission sets in a role; together they grant what each of them grants. */
function toBody(native: RoleDefinition, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  const permissions = native.permissions ?? [];
  const all = (of: "actions" | "notActions" | "dataActions" | "notDataActions") =>
    inOrderOf(
      body[of],
      permissions.flatMap((permission) => permission[of] ?? []),
    );
  return {
    roleName: native.roleName ?? "",
    actions: all("actions"),
    notActions: all("notActions"),
    dataActions: all("dataActions"),
    notDataActions: all("notDataActions"),
  };
}

function toNative({ body }: DesiredResource<Type>, scope: string, standing: RoleDefinition | null): RoleDefinition {
  return {
    roleName: body.roleName,
    roleType: "CustomRole",
    description: standing?.description,
    permissions: [
      {
        actions: [...body.actions],
        notActions: [...body.notActions],
        dataActions: [...body.dataActions],
        notDataActions: [...body.notDataActions],
      },
    ],
    assignableScopes: standing?.assignableScopes ?? [`/${scope}`],
  };
}
