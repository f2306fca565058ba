import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  type AzuriteReady,
  azuriteArguments,
  azuriteConnectionString,
  azuriteEnvironment,
  azuriteReadyReader,
} from "../../../local/stack/azurite.ts";

export interface AzuriteProcess {
  readonly connectionString: string;
  readonly addresses: AzuriteReady;
  stop(): Promise<void>;
}

/** Azurite on free ports with a data folder of its own; both are gone after `stop`. */
export async function startAzurite(): Promise<AzuriteProcess> {
  const folder = await mkdtemp(join(tmpdir(), "azurite-"));
  const child = spawn(process.execPath, azuriteArguments(folder, null), {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...azuriteEnvironment() },
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const read = azuriteReadyReader();
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = read(line);
    if (ready !== null) return { connectionString: azuriteConnectionString(ready), addresses: ready, stop };
  }
  await stop();
  throw new Error("Azurite ended before it was ready");
}
