import { expect, test } from "vitest";
import { inParallel } from "../../../shared/domain/in-parallel.ts";

test("so many at a time, and the results in the order of what was given", async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (one, index) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, one));
    running -= 1;
    return `${index}:${one}`;
  });
  expect(results).toEqual(["0:5", "1:1", "2:4", "3:2", "4:3"]);
  expect(most).toBe(2);
  expect(await inParallel([], 2, async () => 1)).toEqual([]);
});

test("the first failure ends it, after what is under way", async () => {
  const done: number[] = [];
  const work = inParallel([1, 2, 3, 4], 2, async (one) => {
    if (one === 1) throw new Error("one");
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push(one);
  });
  await expect(work).rejects.toThrow("one");
  expect(done).toEqual([2]);
});
