import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageApp } from "../../../build/package-app.ts";

const sampleFile = new URL("../../../platform-configuration.sample.json", import.meta.url);
const sample = JSON.parse(readFileSync(sampleFile, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "package-app-"));
const configurationFile = join(folder, "ours.json");
const zipFile = join(folder, "app.zip");
let entries: Record<string, Uint8Array>;

const make = (options: { configurationFile: string | null; name?: string }): Promise<number> =>
  packageApp({
    configurationFile: options.configurationFile,
    folder: join(folder, options.name ?? "app"),
    zipFile: join(folder, `${options.name ?? "app"}.zip`),
    onProgress: () => undefined,
  });

beforeAll(async () => {
  writeFileSync(configurationFile, JSON.stringify({ ...sample, approval: { ...sample.approval, required: true } }));
  await make({ configurationFile });
  entries = unzipSync(readFileSync(zipFile));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds what runs and what licences ask for, and nothing else", () => {
  const others = Object.keys(entries).filter((name) => !/^dist\/functions\/(?:index|chunks\/[\w.-]+)\.js$/.test(name));
  expect(others.sort()).toEqual([
    "LICENSE",
    "THIRD-PARTY-NOTICES",
    "host.json",
    "package.json",
    "platform-configuration.json",
  ]);
  expect(JSON.parse(text("package.json"))).toEqual({
    name: "zero-trust-spokes",
    version: expect.any(String),
    license: "MIT",
    private: true,
    type: "module",
    main: "dist/functions/index.js",
    engines: { node: ">=22" },
  });
  expect(text("platform-configuration.json")).toBe(readFileSync(configurationFile, "utf8"));
  expect(text("host.json")).toBe(readFileSync(new URL("../../../host.json", import.meta.url), "utf8"));
});

test("every script that a script imports, at once or later, is in the package, and all are asked for", () => {
  const scripts = Object.keys(entries).filter((name) => name.endsWith(".js"));
  const imported = scripts.flatMap((script) =>
    [...text(script).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(\.{1,2}\/[^"]+)"/g)].map((match) =>
      posix.join(posix.dirname(script), match[1] ?? ""),
    ),
  );
  expect(imported.length).toBeGreaterThan(scripts.length);
  expect([...new Set(imported), "dist/functions/index.js"].sort()).toEqual(expect.arrayContaining(scripts));
  expect(imported.filter((name) => entries[name] === undefined)).toEqual([]);
});

test("the notices name what the bundle contains, with the words of its licences, and no tool that made it", () => {
  const notices = text("THIRD-PARTY-NOTICES");
  for (const name of ["zod", "durable-functions", "@azure/functions", "@azure/arm-network", "cidr-tools", "rolldown"]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
  }
  for (const name of ["typescript", "vitest", "fflate", "fastify"])
    expect(notices).not.toMatch(new RegExp(`^${name} \\d`, "m"));
  expect(notices).toContain("Apache License");
  expect(notices).toContain("Redistributions in binary form must reproduce the above copyright");
});

test("the same input makes the same bytes, in every time zone", async () => {
  const zone = process.env.TZ;
  process.env.TZ = "Asia/Tokyo";
  try {
    await make({ configurationFile, name: "again" });
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  expect(readFileSync(join(folder, "again.zip")).equals(readFileSync(zipFile))).toBe(true);
});

test("without a configuration none is carried", async () => {
  await make({ configurationFile: null, name: "bare" });
  expect(Object.keys(unzipSync(readFileSync(join(folder, "bare.zip"))))).not.toContain("platform-configuration.json");
});

test("a wrong configuration is told with every violation, the sample is refused, and nothing is written", async () => {
  const wrong = join(folder, "wrong.json");
  writeFileSync(wrong, JSON.stringify({ ...sample, tenantId: "none", surprise: true }));
  await expect(make({ configurationFile: wrong, name: "wrong" })).rejects.toThrow(/\/tenantId: .*surprise/s);
  const copy = join(folder, "copy.json");
  writeFileSync(copy, JSON.stringify(sample));
  await expect(make({ configurationFile: copy, name: "wrong" })).rejects.toThrow("is the sample");
  await expect(make({ configurationFile: join(folder, "none.json"), name: "wrong" })).rejects.toThrow("cannot be read");
  writeFileSync(wrong, "{");
  await expect(make({ configurationFile: wrong, name: "wrong" })).rejects.toThrow("is not JSON");
  expect([join(folder, "wrong"), join(folder, "wrong.zip")].filter((path) => existsSync(path))).toEqual([]);
});

function text(name: string): string {
  return strFromU8(entries[name] ?? new Uint8Array());
}
