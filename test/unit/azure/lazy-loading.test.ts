import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const room = join(import.meta.dirname, "../../../shared/azure");

test("no Resource Manager SDK is loaded with the room: only types are imported from them, and modules on first use", async () => {
  const files = (await readdir(room)).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = await readFile(join(room, file), "utf8");
    expect(source, file).not.toMatch(/^import (?!type )[^;]*"@azure\/(arm-|identity)/m);
  }
});
