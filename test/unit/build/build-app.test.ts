import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../../../build/build-app.ts";
import { bundledModules, packageFolders } from "../../../build/bundled-modules.ts";
import { entryFile } from "../../../build/folders.ts";
import { bundleScripts, packageContents, startScripts } from "../../../build/package-contents.ts";

beforeAll(() => buildIfStale(() => undefined));

test("a fresh bundle is not built again", async () => {
  const lines: string[] = [];
  expect(await buildIfStale((line) => lines.push(line))).toBe(false);
  expect(lines).toEqual([]);
});

test("the bundle needs nothing from node_modules but what the host's worker provides, and carries source maps", () => {
  const scripts = readdirSync(dirname(entryFile), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const bare = scripts.flatMap((name) => {
    const text = readFileSync(join(dirname(entryFile), name), "utf8");
    return [...text.matchAll(/^(?:import|export)\b[^;"]*?\bfrom\s*"([^".][^"]*)"/gm)].map((match) => match[1] ?? "");
  });
  expect(bare.filter((name) => !isBuiltin(name))).toEqual([]);
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
  const packagesIn = (scripts: readonly string[]): string[] =>
    packageFolders(bundledModules(scripts)).map((folder) => folder.slice(folder.lastIndexOf("node_modules/") + 13));
  const loadedLater =
    /^@azure\/(?:arm-|identity|storage-|core-|msal-|monitor-)|^@azure-rest\/|^@opentelemetry\/(?!api(?:-logs)?$)/;
  expect(packagesIn(startScripts())).toContain("durable-functions");
  expect(packagesIn(startScripts()).filter((name) => loadedLater.test(name))).toEqual([]);
  expect(packagesIn(bundleScripts()).filter((name) => loadedLater.test(name))).toEqual(
    expect.arrayContaining(["@azure/arm-network", "@azure/identity", "@azure/storage-blob"]),
  );
  const { startBytes, bundleBytes } = packageContents();
  expect(startBytes).toBeLessThan(bundleBytes / 3);
});
