import { setTimeout as sleep } from "node:timers/promises";
import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { isUnderWay } from "../http/start-run.ts";
import { askForPass } from "../passes.ts";

/** In milliseconds: a pass that ends while it is asked for another one has gone by then. */
const endsWithin = 2_000;

/**
 * Starts the orchestration of a pass under a name of its own, so that there is one at a time. While one is under way
 * another is asked for, which begins when that ends: what was changed behind its back is looked at too.
 */
export async function startPass(
  compose: Pick<Composition, "blobs" | "now">,
  context: InvocationContext,
  orchestrator: string,
): Promise<void> {
  const client = df.getClient(context);
  const pass = compose.now().replaceAll(/\D/g, "");
  if (await isUnderWay(client, orchestrator)) {
    await askForPass(compose, orchestrator, pass);
    await sleep(endsWithin);
    if (await isUnderWay(client, orchestrator)) return;
  }
  await client.startNew(orchestrator, { instanceId: orchestrator, input: { pass } });
}
