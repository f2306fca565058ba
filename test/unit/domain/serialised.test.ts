import { expect, test } from "vitest";
import { serialised } from "../../../shared/domain/serialised.ts";

/** An operation that ends when it is told to, and writes down that it began. */
function operation(name: string, began: string[]) {
  let end = () => {};
  let fail = () => {};
  const promise = new Promise<string>((resolve, reject) => {
    end = () => resolve(name);
    fail = () => reject(new Error(name));
  });
  const run = () => {
    began.push(name);
    return promise;
  };
  return { run, end, fail };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("operations of one key run one after another, those of another key beside them", async () => {
  const began: string[] = [];
  const inTurn = serialised();
  const [first, second, other] = ["first", "second", "other"].map((name) => operation(name, began));
  if (!first || !second || !other) throw new Error("three operations");
  const results = Promise.all([inTurn("a", first.run), inTurn("a", second.run), inTurn("b", other.run)]);
  await turn();
  expect(began).toEqual(["first", "other"]);
  first.end();
  await turn();
  expect(began).toEqual(["first", "other", "second"]);
  second.end();
  other.end();
  expect(await results).toEqual(["first", "second", "other"]);
});

test("one that fails is told to its caller alone, and the next one runs", async () => {
  const began: string[] = [];
  const inTurn = serialised();
  const failing = operation("failing", began);
  const next = operation("next", began);
  const failed = expect(inTurn("a", failing.run)).rejects.toThrow("failing");
  const done = inTurn("a", next.run);
  failing.fail();
  next.end();
  await failed;
  expect(await done).toBe("next");
});
