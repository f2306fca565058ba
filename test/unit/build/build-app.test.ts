import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale, entryFile } from "../../../build/build-app.ts";
import { packageContents } from "../../../build/package-contents.ts";

beforeAll(() => buildIfStale(() => undefined));

test("a fresh bundle is not built again", async () => {
  const lines: string[] = [];
  expect(await buildIfStale((line) => lines.push(line))).toBe(false);
  expect(lines).toEqual([]);
});

test("the bundle leaves the Functions libraries to the host and carries source maps", () => {
  expect(readFileSync(entryFile, "utf8")).toMatch(/from\s*"@azure\/functions"/);
  expect(existsSync(`${entryFile}.map`)).toBe(true);
});

test("registering the functions loads no Azure SDK: those are chunks for the first call that needs them", () => {
  const program = `
    const { registerHooks } = await import("node:module");
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import(${JSON.stringify(pathToFileURL(entryFile).href)});
    console.log(JSON.stringify(loaded));
    process.exit(0);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const loaded: string[] = JSON.parse(output.trim().split("\n").at(-1) ?? "[]");
  expect(loaded).toContain(pathToFileURL(entryFile).href);
  const sdk = loaded.filter(
    (url) => url.startsWith("file:") && /NetworkManagementClient/.test(readFileSync(new URL(url), "utf8")),
  );
  expect(sdk).toEqual([]);
  const { startBytes, bundleBytes } = packageContents();
  expect(startBytes).toBeLessThan(bundleBytes / 4);
});
