import type { EntityContext, EntityHandler } from "durable-functions";
import { parseTraceParent } from "../../shared/domain/trace-parent.ts";
import { isUnremarkable, remembered, type WatchedResource, withWaiting } from "../../shared/domain/watched-resource.ts";
import { watchedResourceKey } from "../../shared/domain/watched-resource-key.ts";
import { applyUndo } from "../../shared/reconcile/changes/apply-undo.ts";
import { handleEvent, look } from "../../shared/reconcile/changes/look.ts";
import type { WatchTools } from "../../shared/reconcile/changes/watch-tools.ts";
import { newTrace } from "../../shared/telemetry/new-trace.ts";
import { currentOperation, inOperation, type Operation } from "../../shared/telemetry/operation.ts";
import type { Composition } from "../composition.ts";
import { pendingWork, watchToolsOf } from "../watch-tools-of.ts";
import { entityNames, type NetworkResourceInput, type NetworkResourceOperation } from "./names.ts";

/**
 * Entity: one resource of a network. It takes what happens to the resource one after another, remembers what it has
 * seen, and reads and restores the resource itself: an operation that is repeated after a crash finds the work of the
 * one before.
 */
export function networkResource(compose: Composition): EntityHandler<WatchedResource> {
  return async (context: EntityContext<WatchedResource>) => {
    const input = context.df.getInput<NetworkResourceInput>();
    if (input === undefined) return;
    return inOperation(operationOf(input), () => carryOut(compose, context, input));
  };
}

/** Each of the entity's operations belongs to the trace of whoever asked for it; several may come in one invocation. */
function operationOf({ traceparent }: NetworkResourceInput): Operation {
  const trace = parseTraceParent(traceparent) ?? currentOperation()?.trace ?? newTrace();
  return { name: entityNames.networkResource, trace, spoke: null };
}

async function carryOut(
  compose: Composition,
  context: EntityContext<WatchedResource>,
  input: NetworkResourceInput,
): Promise<void> {
  const { resourceId, event } = input;
  const state = remembered(resourceId, context.df.getState());
  try {
    const tools = await watchToolsOf(compose, (message) => context.log(message));
    const after = await next(tools, state, context.df.operationName as NetworkResourceOperation, input);
    // A state that says nothing would be kept for every interface of every machine that ever was.
    if (isUnremarkable(after)) context.df.destructOnExit();
    else context.df.setState(after);
  } catch (error) {
    // What is thrown here ends the operation for good: the event stays with the entity, and the timer comes back.
    context.error(`${resourceId} could not be looked after:`, error);
    const kept = event === undefined ? state : withWaiting(state, event);
    context.df.setState({ ...kept, revisit: true });
    const id = watchedResourceKey(resourceId);
    await (await pendingWork(compose)).put({ id, resourceId, changeId: null, since: compose.now() });
  }
}

function next(
  tools: WatchTools,
  state: WatchedResource,
  operation: NetworkResourceOperation,
  { event, changeId }: NetworkResourceInput,
): Promise<WatchedResource> {
  switch (operation) {
    case "changed":
      return event === undefined ? Promise.resolve(state) : handleEvent(tools, state, event);
    case "look":
      // Whoever comes back was asked to by a note, which a memory that was lost does not know of.
      return look(tools, { ...state, revisit: true }, "event");
    case "sweep":
      return look(tools, state, "sweep");
    case "undo":
      return changeId === undefined ? Promise.resolve(state) : applyUndo(tools, state, changeId);
  }
}
