import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "../../../build/folders.ts";
import { packageApp } from "../../../build/package-app.ts";
import { registerFunctions } from "../../../build/register-functions.ts";
import { unpack } from "../../../build/unpack.ts";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal } from "../spokes/portal.ts";

// Outside the project: no node_modules is found by walking up from here.
const folder = mkdtempSync(join(tmpdir(), "unpacked-package-"));
const unpacked = join(folder, "unpacked");
const schedule = "0 17 4 * * *";
let portal: Portal | null = null;

beforeAll(async () => {
  const sample = JSON.parse(
    readFileSync(new URL("../../../platform-configuration.sample.json", import.meta.url), "utf8"),
  );
  const configurationFile = join(folder, "ours.json");
  const schedules = { ...sample.schedules, sweepCompliance: schedule };
  writeFileSync(configurationFile, JSON.stringify({ ...sample, schedules }));
  const zipFile = join(folder, "app.zip");
  await packageApp({ configurationFile, folder: join(folder, "made"), zipFile, onProgress: () => undefined });
  rmSync(join(folder, "made"), { recursive: true });
  unpack(zipFile, unpacked);
}, 120_000);

afterAll(async () => {
  await portal?.stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("it registers every function as the Node worker of the Functions host loads it, with the configuration it carries", async () => {
  const inPackage = "platform-configuration.json";
  const { functions } = await registerFunctions(unpacked, { PLATFORM_CONFIGURATION_FILE: inPackage });
  const project = await registerFunctions(projectFolder, { PLATFORM_CONFIGURATION_FILE: join(unpacked, inPackage) });
  const names = functions.map(({ name }) => name);
  expect(names).toEqual(project.functions.map(({ name }) => name));
  expect(names).toEqual(
    expect.arrayContaining(["requestSpoke", "provisionSpoke", "applyHardening", "onNetworkChange"]),
  );
  expect(new Set(names).size).toBe(names.length);
  const sweep = functions.find(({ name }) => name === "sweepCompliance");
  expect(JSON.stringify(sweep?.bindings)).toContain(schedule);
});

test("it runs under the local host and provisions the contract's spoke", async () => {
  const configurationFile = join(unpacked, "platform-configuration.json");
  portal = new Portal(await startStack({ speed: 0, appFolder: unpacked, configurationFile }));
  const spoke = await portal.provision(contractRequest);
  expect(spoke.status).toBe("Succeeded");
  expect(spoke.steps.map(({ status }) => status)).toEqual(Array(7).fill("Succeeded"));
  expect((await portal.call("GET", "/api/openapi.json")).body.openapi).toBe("3.1.0");
}, 120_000);
