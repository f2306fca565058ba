import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
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

  it("a mistaken property is a finding, so that none means none", { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "bicep-"));
    const file = join(folder, "mistaken.bicep");
    try {
      await writeFile(
        file,
        "resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {\n  name: 'plan'\n  location: 'westeurope'\n  properties: { reservd: true }\n}\n",
      );
      const [finding] = (await bicepFindings(bicep, file)).filter(({ ruleId }) => ruleId.startsWith("BCP"));
      expect(finding).toMatchObject({ level: "warning", ruleId: "BCP089", file, line: 4 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  // The CLI looks through the modules of a file too; template.test.ts sees that there is no module beside.
  it.for(entries)("%s and its modules build without a finding", { timeout: 120_000 }, async (file) => {
    expect(await bicepFindings(bicep, join(infraFolder, file))).toEqual([]);
  });

  it.for(parameters)("%s renders what its snapshot says", { timeout: 120_000 }, async (file) => {
    await snapshot(bicep, file, "validate");
  });
});
