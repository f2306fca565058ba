import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAppRoles } from "../../local/arm/seed/app-roles.ts";
import { appIdentity } from "../../local/arm/seed/seed-identities.ts";

/** A line of `permissions-*.ndjson` (`AccessCheck.onGranted`). */
interface UsedPermission {
  readonly principalId: string;
  readonly kind: "action" | "dataAction";
  readonly action: string;
  readonly roles: readonly string[];
}

const roles = readAppRoles(join(import.meta.dirname, "../../infra/roles"));
const complete = process.env.RECORDS_OF_ALL_TESTS === "yes";
const title = complete
  ? "some test needed each action, and no other role would have done"
  : "SKIPPED, because only a part of the tests ran: some test needed each action";

/** `{kind} {action} {role}` of every call of the app that one role alone permitted. */
function usedAlone(): ReadonlySet<string> {
  const folder = process.env.LOCAL_AZURE_RECORDS_DIR ?? "";
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("permissions-")) : [];
  const used = new Set<string>();
  for (const file of files) {
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      if (line === "") continue;
      const { principalId, kind, action, roles: permitting } = JSON.parse(line) as UsedPermission;
      if (principalId !== appIdentity.id || permitting.length !== 1) continue;
      used.add(`${kind} ${action} ${permitting[0]}`.toLowerCase());
      if (action.toLowerCase().endsWith("/read")) used.add(`${kind} */read ${permitting[0]}`.toLowerCase());
    }
  }
  return used;
}

if (!complete) console.warn(title);

describe.skipIf(!complete)(title, () => {
  const used = usedAlone();
  const held = roles.flatMap(({ id, roleName, actions, dataActions }) => [
    ...Object.keys(actions).map((action) => [roleName, action, `action ${action} ${id}`] as const),
    ...Object.keys(dataActions).map((action) => [roleName, action, `dataAction ${action} ${id}`] as const),
  ]);

  test.each(held)("%s: %s", (_roleName, _action, key) => {
    expect(used.has(key.toLowerCase()), "No test used it: remove it from the role, or test what needs it.").toBe(true);
  });
});
