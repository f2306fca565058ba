import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientTypes } from "../../../build/client-types.ts";

test("the types in client/ are those of the OpenAPI document: `npm run client` writes them", async () => {
  const written = readFileSync(new URL("../../../client/zero-trust-spokes.d.ts", import.meta.url), "utf8");
  expect(await clientTypes()).toBe(written);
});

test("the guide's calls are those that the compiler has seen", () => {
  const guide = readFileSync(new URL("../../../docs/user-guide.md", import.meta.url), "utf8");
  const compiled = readFileSync(new URL("every-call.ts", import.meta.url), "utf8");
  const calls = compiled.slice(compiled.indexOf("  const preview"), compiled.indexOf("  return ["));
  expect(calls.split("api.").length).toBeGreaterThanOrEqual(14);
  expect(asOneWord(guide)).toContain(asOneWord(calls));
});

/** Without what a formatter may do to it. */
function asOneWord(text: string): string {
  return text.replace(/\s+/g, "").replace(/,(?=[)}\]])/g, "");
}
