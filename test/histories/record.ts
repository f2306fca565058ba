/**
 * Records orchestration histories: `node test/histories/record.ts FOLDER` runs each scenario on a fresh local stack and
 * writes what the Functions host kept of it to FOLDER/{scenario}.json (docs/decisions/0015).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStack } from "../../local/stack/stack.ts";
import { Portal } from "../e2e/spokes/portal.ts";
import { historiesOf } from "./histories-of.ts";
import { historyText } from "./history-file.ts";
import { scenarios } from "./scenarios.ts";

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say the folder: node test/histories/record.ts FOLDER [SCENARIO…]");
mkdirSync(folder, { recursive: true });

const sample = JSON.parse(readFileSync(new URL("../../platform-configuration.sample.json", import.meta.url), "utf8"));

for (const { name, run, configuration } of scenarios.filter((one) => names.length === 0 || names.includes(one.name))) {
  const data = mkdtempSync(join(tmpdir(), "histories-"));
  try {
    const configurationFile = join(data, "configuration.json");
    writeFileSync(configurationFile, JSON.stringify({ ...sample, ...configuration }));
    const stack = await startStack({ speed: 1000, dataFolder: data, configurationFile });
    const instances = await run(new Portal(stack)).finally(() => stack.stop());
    const histories = historiesOf(join(data, "host", "functions-host.db"), instances);
    const file = join(folder, `${name}.json`);
    writeFileSync(file, historyText(histories));
    console.log(`${file}: ${histories.map(({ id, events }) => `${id} ${events.length}`).join(", ")}`);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
