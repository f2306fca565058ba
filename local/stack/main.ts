/** `npm start` and `npm run start:azure`: keeps the local stack up until SIGTERM or SIGINT. */
import { parseArgs } from "node:util";
import { endSignal } from "./end-signal.ts";
import { startStack } from "./stack.ts";
import { StackError } from "./stack-error.ts";
import { stackOptionsFromEnvironment } from "./stack-options.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "azure-only": { type: "boolean", default: false } } });
  const callersFolder = process.env.INIT_CWD ?? process.cwd();
  const end = endSignal();
  const stack = await startStack({
    ...stackOptionsFromEnvironment(process.env, callersFolder),
    azureOnly: values["azure-only"],
    signal: end,
    onProgress: (line) => console.log(line),
  });
  console.log(`Everything is ready: ${stack.stackFile} says where. Ctrl-C ends it.`);
  const interrupted = new Promise<null>((resolve) => {
    if (end.aborted) resolve(null);
    end.addEventListener("abort", () => resolve(null), { once: true });
  });
  const failure = await Promise.race([interrupted, stack.ended]);
  await stack.stop();
  if (failure) throw failure;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StackError ? error.message : error);
    process.exit(1);
  },
);
