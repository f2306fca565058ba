import type { PassEnd } from "./activities/names.ts";
import type { Composition } from "./composition.ts";

interface AskedPass {
  readonly pass: string;
}

const nameOf = (orchestrator: string) => `passes/${orchestrator}.json`;

/** Asks for a pass that shall begin when the one under way ends. Of several that are asked for the last is made. */
export async function askForPass(
  compose: Pick<Composition, "blobs">,
  orchestrator: string,
  pass: string,
): Promise<void> {
  const asked: AskedPass = { pass };
  await (await compose.blobs()).overwrite(nameOf(orchestrator), asked);
}

/** Activity: the pass that was asked for since this one began, or null. It may be repeated: the answer stays. */
export function nextPass(compose: Composition): (end: PassEnd) => Promise<string | null> {
  return async ({ orchestrator, pass }) => {
    const asked = (await (await compose.blobs()).read<AskedPass>(nameOf(orchestrator)))?.value.pass ?? null;
    // Moments in digits, all of one length.
    return asked !== null && asked > pass ? asked : null;
  };
}
