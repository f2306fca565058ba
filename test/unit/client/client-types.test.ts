import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientTypes } from "../../../build/client-types.ts";

test("the types in client/ are those of the OpenAPI document: `npm run client` writes them", async () => {
  const written = readFileSync(new URL("../../../client/zero-trust-spokes.d.ts", import.meta.url), "utf8");
  expect(await clientTypes()).toBe(written);
});
