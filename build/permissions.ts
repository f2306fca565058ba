/** `npm run permissions`: writes the roles' tables in docs/permissions.md anew from infra/roles. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { permissionsPage } from "./permissions-page.ts";

const project = join(import.meta.dirname, "..");
const page = join(project, "docs", "permissions.md");
writeFileSync(page, permissionsPage(join(project, "infra", "roles"), readFileSync(page, "utf8")));
console.log(`Wrote ${page}.`);
