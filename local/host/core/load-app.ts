import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installCoreShim } from "./core-shim.ts";
import { AppLoadError, type FunctionRegistry } from "./function-registry.ts";
import { assertSupported } from "./supported-bindings.ts";

/**
 * Loads the app of a folder (the file its package.json names as "main") into this process, as the Node worker of the
 * Functions host does, and checks that this host can run every function of it.
 * @param root absolute path of the folder
 * @throws AppLoadError when there is no entry point or a function cannot be run here; else what the app threw.
 */
export async function loadApp(root: string, registry: FunctionRegistry): Promise<void> {
  const { main } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { main?: unknown };
  if (typeof main !== "string" || main.includes("*")) {
    throw new AppLoadError(`package.json in ${root} must name one entry point in "main".`);
  }
  installCoreShim(registry);
  await import(pathToFileURL(resolve(root, main)).href);
  for (const registered of registry.list()) {
    assertSupported(registered);
  }
  await registry.model.getCapabilities({});
  await registry.runHooks("appStart", { hookData: {} });
}
