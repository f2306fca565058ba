import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bicepCli, bicepFindings, whyNoBicep } from "../bicep/bicep-cli.ts";
import { infraFolder, parameterFiles, snapshot } from "./snapshot.ts";

const cli = await bicepCli();
const title = cli === null ? `Bicep of infra/ (SKIPPED: ${whyNoBicep})` : "Bicep of infra/";
const parameters = await parameterFiles();
const entries = (await readdir(infraFolder)).filter((file) => file.endsWith(".bicep"));

describe.skipIf(cli === null)(title, () => {
  const bicep = cli ?? "";

  // The CLI looks through the modules of a file too; template.test.ts sees that there is no module beside.
  it.for(entries)("%s and its modules build without a finding", { timeout: 120_000 }, async (file) => {
    expect(await bicepFindings(bicep, join(infraFolder, file))).toEqual([]);
  });

  it.for(parameters)("%s renders what its snapshot says", { timeout: 120_000 }, async (file) => {
    await snapshot(bicep, file, "validate");
  });
});
