/** `node test/infra/write-snapshots.ts`: renders the snapshots of all parameter files anew. Read the difference before you commit it. */
import { bicepCli, whyNoBicep } from "../bicep/bicep-cli.ts";
import { parameterFiles, snapshot } from "./snapshot.ts";

const cli = await bicepCli();
if (cli === null) throw new Error(whyNoBicep);
for (const file of await parameterFiles()) await snapshot(cli, file, "overwrite");
