import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Stack, startStack } from "../local/stack/stack.ts";
import { StackError } from "../local/stack/stack-error.ts";
import { projectFolder } from "../local/stack/stack-options.ts";
import { openState } from "../shared/state/open-state.ts";
import type { Benchmark } from "./benchmark.ts";
import { compareGroups } from "./sweep/compare-groups.ts";
import { isHalfRead, measureSweep, type SweepMeasurement } from "./sweep/measure-sweep.ts";
import { copiesOf, driftSpokes, populateSpokes, readConfiguration } from "./sweep/populate-spokes.ts";
import { sweepTable } from "./sweep/sweep-table.ts";
import { makeTemplate } from "./sweep/template-spoke.ts";

const groupsOfSpoke = 4;
const payloadLimit = 16_777_216;

/** `npm run bench -- sweep [--spokes 2500] [--subscriptions 100] [--speed 1]` */
export const sweep: Benchmark = {
  name: "sweep",
  summary: "compliance of thousands of spokes, read through Resource Graph with its real quota, by the built app",
  run: async (args, end) => {
    const { spokes, subscriptions, speed } = readArguments(args);
    const folder = mkdtempSync(join(tmpdir(), "bench-sweep-"));
    try {
      const configurationFile = join(folder, "platform-configuration.json");
      const configuration = benchConfiguration();
      writeFileSync(configurationFile, JSON.stringify(configuration));
      await using stack = await startStack({ speed, configurationFile, signal: end, enforcementMode: "audit" });
      await run(stack, readConfiguration(configuration), { spokes, subscriptions, end });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function run(
  stack: Stack,
  configuration: ReturnType<typeof readConfiguration>,
  { spokes, subscriptions, end }: { spokes: number; subscriptions: number; end: AbortSignal },
): Promise<void> {
  const state = await openState({ connectionString: stack.settings.AzureWebJobsStorage ?? "" });
  const copies = copiesOf(spokes, subscriptions);
  await letKeysWrite(stack, configuration.flowLogs.storageAccountIds);
  console.log("  making one spoke, and copies of it");
  const template = await makeTemplate(stack, state, end);
  // The first sweep loads the SDKs, which is no part of the work on thousands of spokes.
  await measureSweep(stack, "warm-up", end);
  const populated = Date.now();
  await populateSpokes(stack, state, template, copies, configuration, end);
  console.log(
    `  ${spokes} spokes with ${spokes * groupsOfSpoke} NSGs in ${subscriptions} subscriptions stand after ${((Date.now() - populated) / 1000).toFixed(0)} s`,
  );
  const compared = await compareGroups(stack);
  console.log(compared.line);
  // Rows of resource groups and subscriptions, which have no bytes to speak of, count too.
  const floorOf = ({ sweep: { resources } }: SweepMeasurement) =>
    Math.max(Math.ceil(resources / 1000), Math.ceil(compared.bytes / payloadLimit));
  const measured: SweepMeasurement[] = [];
  const show = (one: SweepMeasurement) => {
    measured.push(one);
    console.log(["", ...sweepTable(measured, floorOf(one))].join("\n"));
  };
  show(await measureSweep(stack, "first", end));
  show(await measureSweep(stack, "nothing changed", end));
  await driftSpokes(
    stack,
    template,
    copies.filter((_, index) => index % 100 === 0),
  );
  show(await measureSweep(stack, "1 % drifted", end));
  let killed = false;
  show(
    await measureSweep(stack, "killed half-way", end, async (begun) => {
      if (killed || !(await isHalfRead(state, begun, compared.pages))) return;
      killed = true;
      await stack.killFunctionsHost();
    }),
  );
  if (!killed) throw new StackError("The sweep was over before it could be killed: ask for more spokes.");
}

/** The sample, without events and Conditional Access: neither is read through Resource Graph. */
function benchConfiguration(): Record<string, unknown> {
  const sample = JSON.parse(readFileSync(join(projectFolder, "platform-configuration.sample.json"), "utf8"));
  return { ...sample, networkEvents: null, conditionalAccess: null, standaloneNatGateway: false };
}

/** Flow logs then need no identity of their own, whose principal no copy could have. */
async function letKeysWrite(stack: Stack, storageAccountIds: Readonly<Record<string, string>>): Promise<void> {
  const headers = { authorization: `Bearer ${await stack.ownerToken()}`, "content-type": "application/json" };
  for (const id of new Set(Object.values(storageAccountIds))) {
    const body = JSON.stringify({ properties: { allowSharedKeyAccess: true } });
    const answer = await stack.fetchAzure(`${id}?api-version=2023-01-01`, { method: "PATCH", headers, body });
    if (!answer.ok) throw new StackError(`PATCH ${id} was answered with ${answer.status}: ${await answer.text()}`);
  }
}

function readArguments(args: readonly string[]) {
  const options = { spokes: { type: "string" }, subscriptions: { type: "string" }, speed: { type: "string" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const spokes = Number(values.spokes ?? 2_500);
  const subscriptions = Number(values.subscriptions ?? 100);
  const speed = Number(values.speed ?? 1);
  if (!Number.isInteger(spokes) || spokes < 1 || spokes > 9_000)
    throw new StackError("--spokes must be from 1 to 9000.");
  if (!Number.isInteger(subscriptions) || subscriptions < 1 || subscriptions > 500) {
    throw new StackError("--subscriptions must be from 1 to 500.");
  }
  if (!(speed >= 0)) throw new StackError("--speed must be a number from 0.");
  return { spokes, subscriptions, speed };
}
