import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { infraFolder } from "./snapshot.ts";

/** A file of infra/roles. */
export interface RoleFile {
  readonly id: string;
  readonly roleName: string;
  readonly actions: Readonly<Record<string, string>>;
  readonly dataActions: Readonly<Record<string, string>>;
  readonly assignAt: readonly string[];
  readonly condition?: string;
}

/** All files of infra/roles, by name without extension. */
export const roleFiles: ReadonlyMap<string, RoleFile> = new Map(
  readdirSync(join(infraFolder, "roles")).map((file) => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(join(infraFolder, "roles", file), "utf8")) as RoleFile,
  ]),
);
