import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal } from "../spokes/portal.ts";
import { ArmCalls, repeatedPuts } from "./arm-calls.ts";
import { readAzureStore, readOperations } from "./azure-store.ts";
import { unfinishedWork } from "./host-store.ts";
import { drawKillMoments } from "./kill-moments.ts";
import { KillTarget } from "./kill-target.ts";
import { KilledRun } from "./killed-run.ts";
import { killsTable, type RunKills } from "./kills-table.ts";
import { seededRandom } from "./seeded-random.ts";
import { SpokeState } from "./spoke-state.ts";

/** Another row of moments, and a table of them in Markdown: KILLS_SEED=7 KILLS_TABLE=kills.md npx vitest run … */
const seed = Number(process.env.KILLS_SEED ?? 9);
const tableFile = process.env.KILLS_TABLE;
const cycles = Number(process.env.KILLS_CYCLES ?? 1);

const spoke = "orders-prod";

test("kill -9 of the Functions host at random moments of provision and removal: the same end, nothing twice, nothing left behind", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "zero-trust-spokes-kills-"));
  try {
    await withStack(dataFolder);
    expect(unfinishedWork(dataFolder)).toEqual([]);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}, 900_000);

async function withStack(dataFolder: string): Promise<void> {
  await using stack = await startStack({ dataFolder, speed: 100 });
  const target = new KillTarget(stack);
  const portal = new Portal(stack);
  const state = new SpokeState(String(stack.settings.AzureWebJobsStorage));
  const calls = new ArmCalls(dataFolder);
  const runs = {
    provision: () => portal.call("POST", "/api/spokes", contractRequest),
    remove: () => portal.call("DELETE", `/api/spokes/${spoke}`),
  };
  const ends = { provision: "Succeeded", remove: "Removed" } as const;

  // Undisturbed first: what must stand after every run.
  const undisturbed = new Map<string, unknown>();
  for (const run of ["provision", "remove"] as const) {
    expect((await runs[run]()).status).toBe(202);
    expect((await portal.settled(spoke)).status).toBe(ends[run]);
    undisturbed.set(run, readAzureStore(dataFolder));
  }

  const random = seededRandom(seed);
  const told: RunKills[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    for (const run of ["provision", "remove"] as const) {
      const mark = calls.last;
      const killed = new KilledRun({ portal, target, calls, state, dataFolder }, spoke, runs[run]);
      const view = await killed.through(drawKillMoments(random, run), 90).finally(() => {
        told.push({ run: `${run} ${cycle}`, kills: killed.kills });
        if (tableFile !== undefined) writeFileSync(tableFile, killsTable(`Seed ${seed}`, told));
      });
      expect(view.error).toBeNull();
      expect(view.status).toBe(ends[run]);
      expect(readOperations(dataFolder).filter(({ status }) => status === "InProgress")).toEqual([]);
      expect(readAzureStore(dataFolder)).toEqual(undisturbed.get(run));
      if (run === "provision") expect(repeatedPuts(calls.after(mark))).toEqual([]);
      expect(await state.turnsAndWishes()).toEqual([]);
      expect(await state.prefixes(spoke)).toEqual(run === "provision" ? ["10.20.0.0/22"] : []);
    }
  }
  expect(repeatedPuts(calls.after(0)).filter(({ status }) => status === 201)).toEqual([]);
  expect(told.flatMap(({ kills }) => kills).length).toBeGreaterThanOrEqual(20);
  // What the last host did again must not have written the end otherwise. Too short a wait could only miss it.
  await sleep(2_000);
  expect((await portal.settled(spoke)).status).toBe("Removed");
  calls.close();
}
