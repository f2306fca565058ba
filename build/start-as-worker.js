// Starts an app as the Node worker of the Functions host does, and tells what it registered and what that took.
// Plain JavaScript, so that what is measured is the app and not Node reading types:
// node start-as-worker.js FOLDER
//
// The worker answers @azure/functions-core by a proxy around Module.prototype.require, and imports the file that
// package.json names (azure-functions-nodejs-worker, setupCoreModule.ts and loadScriptFile.ts). An ES import of that
// name would not meet the proxy: an app that loads here loads there.
import { readFileSync } from "node:fs";
import Module from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const functions = [];
const core = {
  version: "0.0.0",
  hostVersion: "4.0.0",
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  registerHook: () => ({ dispose: () => undefined }),
  registerFunction: ({ name, bindings }) => {
    functions.push({ name, bindings });
    return { dispose: () => undefined };
  },
  log: () => undefined,
};
Module.prototype.require = new Proxy(Module.prototype.require, {
  apply: (target, self, args) => (args[0] === "@azure/functions-core" ? core : Reflect.apply(target, self, args)),
});

const folder = resolve(process.argv[2] ?? ".");
process.chdir(folder);
const { main } = JSON.parse(readFileSync("package.json", "utf8"));
const before = { time: performance.now(), cpu: process.cpuUsage(), resident: process.memoryUsage.rss() };
await import(pathToFileURL(resolve(folder, main)).href);
const cpu = process.cpuUsage(before.cpu);
const figures = {
  milliseconds: performance.now() - before.time,
  cpuMilliseconds: (cpu.user + cpu.system) / 1000,
  residentBytes: process.memoryUsage.rss(),
  emptyBytes: before.resident,
};
process.stdout.write(JSON.stringify({ functions, ...figures }), () => process.exit(0));
