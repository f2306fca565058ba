import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { startAzurite } from "./azurite-process.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let states: readonly [State, State];

beforeAll(async () => {
  azurite = await startAzurite();
  states = [await openState(azurite), await openState(azurite)];
}, 60_000);

afterAll(() => azurite?.stop());

const spokes = Array.from({ length: 12 }, (_, index) => `spoke-${index}`);
/** The turns of the instance on which the spoke's work runs: there are two. */
const turnsOf = (spoke: string) => states[Number(spoke.split("-")[1]) % 2 === 0 ? 0 : 1].turns;

test("one at a time, whichever instance it is on", async () => {
  let inside = 0;
  let most = 0;
  const done = await Promise.all(
    spokes.map((spoke) =>
      turnsOf(spoke).inTurn("one at a time", spoke, spoke, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(20);
        inside -= 1;
        return spoke;
      }),
    ),
  );
  expect(done).toEqual(spokes);
  expect(most).toBe(1);
}, 60_000);

test("whose wish another fulfils gets no turn, on either instance; whose wish is left over gets one", async () => {
  const written: (readonly string[])[] = [];
  const made = await Promise.all(
    spokes.map((spoke) =>
      turnsOf(spoke).inTurn<string, string>("fulfilled", spoke, spoke, async (turn) => {
        const others = await turn.others();
        // The time that Azure takes, in which the rest leave their wishes.
        await sleep(1_000);
        written.push([spoke, ...others]);
        await turn.fulfilled();
        return spoke;
      }),
    ),
  );
  expect(written.flat().toSorted()).toEqual(spokes.toSorted());
  const writers = written.map(([spoke]) => spoke);
  expect(made).toEqual(spokes.map((spoke) => (writers.includes(spoke) ? spoke : null)));
  expect(written.length).toBeLessThanOrEqual(4);
}, 60_000);

test("where nobody says that the wishes are fulfilled, everyone gets a turn", async () => {
  const made = await Promise.all(
    spokes.map((spoke) =>
      turnsOf(spoke).inTurn("left", spoke, spoke, async (turn) => {
        await turn.others();
        return spoke;
      }),
    ),
  );
  expect(made).toEqual(spokes);
}, 60_000);

test("what is refused is nobody else's to fulfil: its wish is gone with it", async () => {
  const [{ turns }] = states;
  const refused = turns.inTurn("refused", "spoke-0", "spoke-0", async () => {
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  const others = await turns.inTurn("refused", "spoke-1", "spoke-1", (turn) => turn.others());
  expect(others).toEqual([]);
});
