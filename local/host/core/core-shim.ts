import { registerHooks } from "node:module";
import type { CoreApi } from "./core-api.ts";

const coreModule = "@azure/functions-core";
const coreUrl = "functions-core:api";
const coreKey = Symbol.for("local-functions-host.core-api");

/**
 * Makes `require("@azure/functions-core")` (and `import`) resolve to the given API, for every module loaded from now on.
 * Must run before the app is loaded: where the module is missing, the library silently switches to its test mode.
 */
export function installCoreShim(api: CoreApi): void {
  Object.defineProperty(globalThis, coreKey, { value: api, configurable: true });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === coreModule ? { url: coreUrl, format: "commonjs", shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === coreUrl
        ? {
            format: "commonjs",
            source: `module.exports = globalThis[Symbol.for(${JSON.stringify(coreKey.description)})]`,
            shortCircuit: true,
          }
        : next(url, context),
  });
}
