import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { permissionsPage } from "../../../build/permissions-page.ts";

const project = join(import.meta.dirname, "../../..");

test("docs/permissions.md says what the files of the roles say (else: npm run permissions)", () => {
  const page = readFileSync(join(project, "docs", "permissions.md"), "utf8");
  expect(permissionsPage(join(project, "infra", "roles"), page)).toBe(page);
});

test("a page without a place for the tables is refused", () => {
  expect(() => permissionsPage(join(project, "infra", "roles"), "# Permissions")).toThrow("no place");
});
