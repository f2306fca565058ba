import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { TransientError } from "../../../shared/domain/errors.ts";
import { makePlan } from "../../../shared/reconcile/make-plan.ts";
import { contractRequest, platform, stateOf } from "../spoke/example.ts";

const trouble = (code: string) => new TransientError({ code, message: code, resourceId: null, remedy: "Wait." });

test("Azure and Graph in trouble together: one failure is thrown, and the other ends nobody's process", async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", listen);
  const azure = {
    facts: { observeSpokeFacts: () => Promise.reject(trouble("Throttled")) },
    conditionalAccess: {
      findMfaPolicy: async () => {
        await turn();
        throw trouble("GraphThrottled");
      },
    },
  } as unknown as AzurePorts;
  const { request, addresses } = stateOf(contractRequest).design;
  const spoke = { request, addressPrefix: addresses.spokePrefix, tierSlots: {}, resources: [] };
  try {
    await expect(makePlan(azure, platform, spoke, [], "2026-11-27T00:00:00Z")).rejects.toMatchObject({
      failure: { code: "Throttled" },
    });
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(unheard).toEqual([]);
  } finally {
    process.off("unhandledRejection", listen);
  }
});
