import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { type ControlAnswer, ordered } from "./control-answer.ts";

const order = z.strictObject({ lagSeconds: z.number().nonnegative().default(0) });

/** `POST /_local/resource-graph`: how far Resource Graph is behind the store from now on. */
export function orderResourceGraph(engine: Engine, text: string): ControlAnswer {
  return ordered(order, text, ({ lagSeconds }) => engine.resourceGraph.history.setLag(lagSeconds));
}
