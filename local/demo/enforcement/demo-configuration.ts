import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The platform configuration of the demo: the given one, but that a week of traffic is enough to learn from. It lies in a
 * folder of its own, which goes with it.
 */
export class DemoConfiguration implements Disposable {
  readonly file: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "zero-trust-demo-"));

  constructor(configurationFile: string) {
    const given = JSON.parse(readFileSync(configurationFile, "utf8")) as { enforcement?: object };
    this.file = join(this.#folder, "platform-configuration.json");
    const enforcement = { ...given.enforcement, learningWindow: "P7D" };
    writeFileSync(this.file, JSON.stringify({ ...given, enforcement }));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
