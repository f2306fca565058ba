import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStack } from "../../../local/stack/stack.ts";
import type { StackOptions } from "../../../local/stack/stack-options.ts";
import { Portal } from "./portal.ts";

/** A stack whose platform configuration is the sample with other parts, and the end of both. */
export async function configuredStack(
  changes: Readonly<Record<string, unknown>>,
  options: Pick<StackOptions, "cloud"> = {},
): Promise<{ readonly portal: Portal; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "configured-"));
  const sample = new URL("../../../platform-configuration.sample.json", import.meta.url);
  const configurationFile = join(folder, "platform-configuration.json");
  writeFileSync(configurationFile, JSON.stringify({ ...JSON.parse(readFileSync(sample, "utf8")), ...changes }));
  const portal = new Portal(await startStack({ ...options, speed: 0, configurationFile }));
  return {
    portal,
    stop: async () => {
      await portal.stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
