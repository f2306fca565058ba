import type { RpcTypedData } from "../core/core-api.ts";
import { type Action, type OrchestratorReply, replaySchema } from "./protocol.ts";

/** The orchestrator's answer does not follow the protocol: the instance fails. */
export class ReplyError extends Error {
  override name = "ReplyError";
}

interface WireReply extends Omit<OrchestratorReply, "actions"> {
  actions: Action[][];
  schemaVersion: number;
}

/** Marks the answer inside the message of the error by which the SDK reports a failed orchestrator. */
const failureLabel = "$OutOfProcData$:";

/** Reads what an orchestrator function returned. @throws ReplyError */
export function parseReply(returnValue: RpcTypedData | null | undefined): OrchestratorReply {
  return toReply(returnValue?.json ?? returnValue?.string ?? "");
}

/**
 * Reads what an orchestrator function threw: the SDK throws its answer when the orchestrator failed; anything else
 * that is thrown is a failure before the orchestrator ran.
 */
export function parseFailure(thrown: unknown): OrchestratorReply {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const label = message.indexOf(failureLabel);
  if (label < 0) {
    throw new ReplyError(message, { cause: thrown });
  }
  const reply = toReply(message.slice(label + failureLabel.length));
  return { ...reply, error: reply.error || "The orchestrator threw an error without a message." };
}

function toReply(text: string): OrchestratorReply {
  let reply: Partial<WireReply> | null;
  try {
    reply = JSON.parse(text) as Partial<WireReply> | null;
  } catch (error) {
    throw new ReplyError("The orchestrator did not answer with JSON.", { cause: error });
  }
  if (reply?.schemaVersion !== replaySchema) {
    throw new ReplyError(`The replay schema ${reply?.schemaVersion} is not supported: expected ${replaySchema}.`);
  }
  const { actions, isDone = false } = reply;
  if (!Array.isArray(actions) || actions.length !== 1 || !Array.isArray(actions[0])) {
    throw new ReplyError("The orchestrator's answer must hold one list of actions.");
  }
  return { ...reply, isDone, actions: actions[0] };
}
