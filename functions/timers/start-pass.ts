import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { isUnderWay } from "../http/start-run.ts";

/**
 * Starts the orchestration of a pass under a name of its own, so that there is one at a time: while one is under way the
 * timer has nothing to do. The input names the pass by the moment at which it began.
 */
export async function startPass(
  compose: Pick<Composition, "now">,
  context: InvocationContext,
  orchestrator: string,
): Promise<void> {
  const client = df.getClient(context);
  if (await isUnderWay(client, orchestrator)) {
    context.log(`${orchestrator} is under way: the pass that was due is left out.`);
    return;
  }
  await client.startNew(orchestrator, {
    instanceId: orchestrator,
    input: { pass: compose.now().replaceAll(/\D/g, "") },
  });
}
