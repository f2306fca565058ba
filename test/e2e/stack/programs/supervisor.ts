/** A supervisor of one steady process, to be killed by the test. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readReadyLine } from "../../../../local/stack/ready-line.ts";
import { SupervisedProcess } from "../../../../local/stack/supervised-process.ts";

const supervised = new SupervisedProcess({
  name: "Steady",
  command: () => ({ arguments: [fileURLToPath(new URL("./steady.ts", import.meta.url))], environment: {} }),
  readyReader: () => readReadyLine(z.object({ pid: z.int(), inner: z.int() })),
  readyWithinMilliseconds: 20_000,
  stopWithinMilliseconds: 5000,
  workingFolder: process.cwd(),
  logFile: process.argv[2] ?? "",
  onRestart: () => undefined,
  onReadyAgain: () => undefined,
  onGivenUp: () => undefined,
});
console.log(JSON.stringify(await supervised.start()));
