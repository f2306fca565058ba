/** `npx node test/infra/write-snapshots.ts`: renders the snapshots of all parameter files anew. Read the difference before you commit it. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bicepCli, whyNoBicep } from "../bicep/bicep-cli.ts";
import { infraFolder, parameterFiles, snapshot } from "./snapshot.ts";

const cli = await bicepCli();
if (cli === null) throw new Error(whyNoBicep);
for (const file of await parameterFiles()) {
  await snapshot(cli, file, "overwrite");
  await sortOutputs(join(infraFolder, file.replace(/\.bicepparam$/, ".snapshot.json")));
}

/** The CLI writes outputs in any order, and compares them in none: sorted, a difference shows what changed alone. */
async function sortOutputs(file: string): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8")) as { outputs: Record<string, unknown> };
  content.outputs = Object.fromEntries(
    Object.entries(content.outputs).toSorted(([a], [b]) => a.localeCompare(b, "en")),
  );
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
