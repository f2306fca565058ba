import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { hardeningRule, hardeningType } from "../platform/security/network-hardening/adaptive-network-hardening.ts";
import { SeedWriter } from "../seed/seed-writer.ts";
import { type ControlAnswer, json, refusal } from "./control-answer.ts";

const order = z.strictObject({
  enabled: z.boolean(),
  recommendations: z
    .array(z.strictObject({ virtualMachineId: z.string(), rules: z.array(hardeningRule).min(1) }))
    .default([]),
});

/** `POST /_local/adaptive-network-hardening`: lets the retired service answer, with these recommendations and no others. */
export function orderNetworkHardening(engine: Engine, text: string): ControlAnswer {
  const parsed = order.safeParse(json(text));
  if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
  const { enabled, recommendations } = parsed.data;
  const unknown = recommendations.find(({ virtualMachineId }) => engine.resources.get(virtualMachineId) === undefined);
  if (unknown !== undefined) return refusal(404, `No machine ${unknown.virtualMachineId} stands.`);
  const writer = new SeedWriter(engine);
  engine.database.transaction(() => {
    engine.retiredServices.set("adaptiveNetworkHardening", enabled);
    for (const { id } of engine.resources.list(hardeningType)) engine.resources.delete(id);
    for (const { virtualMachineId, rules } of recommendations) {
      const machine = engine.resources.get(virtualMachineId)?.id ?? virtualMachineId;
      const rulesCalculationTime = new Date().toISOString();
      writer.store(`${machine}/providers/${hardeningType}/default`, { properties: { rules, rulesCalculationTime } });
    }
  });
  return { status: 204 };
}
