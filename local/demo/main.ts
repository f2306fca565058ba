/** `npm run demo`: a portal's request becomes a Zero Trust spoke on local Azure, shown, checked, repeated and watched. */
import { readFileSync } from "node:fs";
import { BuildError } from "../../build/build-error.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { endSignal } from "../stack/end-signal.ts";
import { type Stack, startStack } from "../stack/stack.ts";
import { StackError } from "../stack/stack-error.ts";
import { type StackSettings, stackOptionsFromEnvironment } from "../stack/stack-options.ts";
import { connectivityTable } from "./connectivity-table.ts";
import { createdByStep } from "./created-by-step.ts";
import { DemoError } from "./demo-error.ts";
import { readDemoRequest } from "./demo-request.ts";
import { DemoConfiguration } from "./enforcement/demo-configuration.ts";
import { showEnforcement } from "./enforcement/show-enforcement.ts";
import { WatchedSpoke } from "./enforcement/watched-spoke.ts";
import { expectedAccess } from "./expected-access.ts";
import { expectedResources } from "./expected-resources.ts";
import { ganttChart } from "./gantt-chart.ts";
import { rulesOf } from "./network-security-group.ts";
import { Portal } from "./portal.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { ruleTables } from "./rule-tables.ts";
import { type SpokeView, shortName } from "./spoke-view.ts";
import { styleFor } from "./style.ts";
import { verifySpoke } from "./verify-spoke.ts";
import { writeRequests } from "./write-requests.ts";

const startedAt = performance.now();
const style = styleFor(process.stdout.isTTY === true, process.env);
/** A log has no edge: its tables are never cut. */
const tableWidth = process.stdout.columns ?? Number.POSITIVE_INFINITY;
const chartWidth = process.stdout.columns ?? 120;
const say = (...lines: readonly string[]): void => console.log(lines.join("\n"));
const heading = (text: string): void => say("", style.bold(style.cyan(text)));

async function main(): Promise<void> {
  const end = endSignal();
  const settings = stackOptionsFromEnvironment(process.env, process.env.INIT_CWD ?? process.cwd());
  const interrupted = new Promise<never>((_, reject) =>
    end.addEventListener("abort", () => reject(new DemoError("Interrupted.")), { once: true }),
  );
  using configuration = new DemoConfiguration(settings.configurationFile);
  await using stack = await startStack({
    ...settings,
    configurationFile: configuration.file,
    enforcementMode: "enforce",
    functionsPort: process.env.FUNCTIONS_PORT ? settings.functionsPort : 0,
    azurePort: process.env.LOCAL_AZURE_PORT ? settings.azurePort : 0,
    // Without a folder of the caller's choice the demo leaves nothing behind.
    dataFolder: process.env.LOCAL_DATA_DIR ? settings.dataFolder : undefined,
    signal: end,
    onProgress: (line) => say(style.dim(line)),
  });
  const gone = stack.ended.then((error) => {
    throw error ?? new DemoError("The stack ended.");
  });
  await Promise.race([show(stack, settings), interrupted, gone]);
}

async function show(stack: Stack, settings: StackSettings): Promise<void> {
  const { text, request } = readDemoRequest();
  const portal = new Portal(stack);

  heading(`POST /api/spokes: ${request.name}, ${request.addressPrefix}, ${request.application.tiers.length} tiers`);
  const path = `/api/spokes/${request.name}`;
  await portal.send("POST", "/api/spokes", text, "requester");
  const display = new ProgressDisplay(process.stdout, style);
  const spoke = await portal.follow(path, "reader", null, (view) => display.show(view));
  assertSucceeded(spoke);

  heading("What was created, by step of the guidance");
  say(...createdByStep(spoke, style));

  heading("The rules of each subnet, as local Azure holds them");
  await showRules(stack, spoke);

  heading("What passes, proven over all packets from the NSGs that stand");
  const connectivity = await portal.readConnectivity(path, "reader");
  say(...connectivityTable(connectivity, tableWidth, style));
  const { length } = connectivity.counterexamples;
  const against = length === 0 ? "no packet passes or stops" : `${length} packets pass or stop`;
  say(`${style.bold(connectivity.status)}: ${against} against the request`);
  for (const { words } of connectivity.counterexamples) say(`  ${words}`);

  heading("Where the time went");
  say(...ganttChart(spoke, settings.speed, chartWidth, style));

  heading("The same request again: nothing may change");
  const callsBefore = (await stack.azure.recordedRequests()).length;
  await portal.send("PUT", path, text, "requester");
  const second = await portal.follow(path, "reader", spoke.startedAt, () => undefined);
  assertSucceeded(second);
  const calls = (await stack.azure.recordedRequests()).slice(callsBefore);
  const writes = writeRequests(calls);
  say(`${style.bold(`${writes.length} writes`)} (${calls.length} calls to Azure, all others only read)`);
  for (const { method, url, status } of writes) say(`  ${method} ${url} (${status})`);

  heading("Does everything asked for stand? Read from local Azure itself");
  const platform = JSON.parse(readFileSync(settings.configurationFile, "utf8")) as PlatformConfiguration;
  const { standing, expected, missing } = await verifySpoke(stack.azure, [
    ...expectedResources(request, platform),
    ...expectedAccess(request, platform),
  ]);
  say(`${standing} of ${expected} stand as asked for`);
  for (const line of missing) say(`  ${style.red("missing")} ${line}`);
  if (writes.length > 0) throw new DemoError("The second run changed something.");
  if (connectivity.status !== "Proven") throw new DemoError("The network does not let pass exactly what is meant.");
  if (missing.length > 0) throw new DemoError("Not everything asked for stands.");

  await showEnforcement(new WatchedSpoke(stack, request), request, { style, tableWidth, say, heading });

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  heading(`Done in ${seconds} s`);
  say(
    "Go on: npm start keeps the local stack up. Then, in another terminal:",
    "  curl -H 'content-type: application/json' --data @local/demo/request.json http://127.0.0.1:7071/api/spokes",
    `  curl http://127.0.0.1:7071/api/spokes/${request.name}`,
    `  In a browser, what passes as a picture: http://127.0.0.1:7071/api/spokes/${request.name}/topology.svg`,
  );
}

async function showRules(stack: Stack, spoke: SpokeView): Promise<void> {
  const groups = spoke.resources.filter(({ type }) => type === "Microsoft.Network/networkSecurityGroups");
  for (const { id } of groups) {
    const rules = rulesOf(await stack.azure.read(id, "2026-01-01"));
    say(...ruleTables(shortName(id).replace(`nsg-${spoke.name}-`, "snet-"), rules, tableWidth, style));
  }
}

function assertSucceeded(spoke: SpokeView): void {
  if (spoke.status === "Succeeded") return;
  const { error } = spoke;
  const reason = error ? `\n${error.code}: ${error.message}${error.remedy ? `\n${error.remedy}` : ""}` : "";
  throw new DemoError(`The spoke ended as "${spoke.status}".${reason}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof BuildError) console.error(`The build failed.\n${error.message}`);
    else if (error instanceof StackError || error instanceof DemoError) console.error(style.red(error.message));
    else console.error(error);
    process.exit(1);
  },
);
