import { join } from "node:path";
import { type AppRole, readAppRoles } from "../../local/arm/seed/app-roles.ts";
import { infraFolder } from "./snapshot.ts";

/** All files of infra/roles, by name without extension. */
export const roleFiles: ReadonlyMap<string, AppRole> = new Map(
  readAppRoles(join(infraFolder, "roles")).map((role) => [role.file.replace(/\.json$/, ""), role]),
);
