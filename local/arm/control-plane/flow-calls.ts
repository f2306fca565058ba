import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { flowOrder } from "../flow-simulator/flow-order.ts";
import { FlowRefusal } from "../flow-simulator/flow-refusal.ts";
import type { SilentFlowLogs } from "../flow-simulator/silent-flow-logs.ts";
import { simulateFlows } from "../flow-simulator/simulate-flows.ts";
import { type ControlAnswer, type ControlCall, json, refusal } from "./control-answer.ts";

const silence = z.union([z.strictObject({ stopWriting: z.string() }), z.strictObject({ resumeWriting: z.string() })]);

/** Answers `POST /_local/flows`: traffic to simulate, or a flow log that shall fall silent; undefined for other calls. */
export function answerFlowCall(
  engine: Engine,
  silent: SilentFlowLogs,
  { method, name, text }: ControlCall,
): ControlAnswer | Promise<ControlAnswer> | undefined {
  if (method !== "POST" || name !== "flows") return undefined;
  const given = json(text);
  const quiet = silence.safeParse(given);
  if (quiet.success) {
    if ("stopWriting" in quiet.data) silent.add(quiet.data.stopWriting);
    else silent.delete(quiet.data.resumeWriting);
    return { status: 204 };
  }
  const order = flowOrder.safeParse(given);
  if (!order.success) return refusal(400, z.prettifyError(order.error));
  return simulateFlows(engine, silent, order.data).then(
    (body): ControlAnswer => ({ status: 200, body }),
    (error: unknown) => {
      if (error instanceof FlowRefusal) return refusal(error.status, error.message);
      engine.report(error);
      return refusal(500, error instanceof Error ? error.message : String(error));
    },
  );
}
