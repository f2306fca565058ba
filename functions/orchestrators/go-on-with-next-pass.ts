import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type PassEnd, type PassReference } from "../activities/names.ts";
import { transientRetry } from "./transient-retry.ts";

/** The end of a pass: where another was asked for meanwhile, the orchestration begins anew with that. */
export function* goOnWithNextPass(
  context: OrchestrationContext,
  orchestrator: string,
  { pass }: PassReference,
): Generator<Task, void, unknown> {
  const end: PassEnd = { orchestrator, pass };
  const next = (yield context.df.callActivityWithRetry(activityNames.nextPass, transientRetry(), end)) as string | null;
  const input: PassReference | null = next === null ? null : { pass: next };
  if (input !== null) context.df.continueAsNew(input);
}
