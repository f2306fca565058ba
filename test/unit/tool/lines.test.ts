import { expect, test } from "vitest";
import { linesOf } from "../../../tool/nsg/lines.ts";

async function linesIn(...chunks: readonly (string | Buffer)[]): Promise<(string | null)[]> {
  async function* stream() {
    yield* chunks;
  }
  return await Array.fromAsync(linesOf(stream()));
}

test("lines are put together whatever the pieces of the stream", async () => {
  expect(await linesIn("one\ntw", "o", "\n\nthree")).toEqual(["one", "two", "", "three"]);
  expect(await linesIn("one\n")).toEqual(["one"]);
  expect(await linesIn()).toEqual([]);
});

test("a character that two pieces share stays whole", async () => {
  const bytes = Buffer.from("ä\n");
  expect(await linesIn(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(["ä"]);
});

test("a stream is read no further than the lines that were taken", async () => {
  let given = 0;
  async function* stream() {
    for (; given < 100; given += 1) yield `line ${given}\n`;
  }
  for await (const line of linesOf(stream())) if (line === "line 2") break;
  expect(given).toBe(2);
});
