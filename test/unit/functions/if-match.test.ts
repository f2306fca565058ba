import { expect, test } from "vitest";
import { ifMatchHolds } from "../../../functions/http/if-match.ts";

test.each<[string, string | null, boolean]>([
  ["no header", null, true],
  ["whatever stands", "*", true],
  ["the ETag", '"0x8D"', true],
  ["another", '"0x8E"', false],
  ["a list with it", '"a", "0x8D" ,"b"', true],
  ["a list without it", '"a", "b"', false],
  ["its text within another", '"a,0x8D"', false],
  ["a weak tag, which is never strongly equal", 'W/"0x8D"', false],
  ["a weak tag beside it", 'W/"a", "0x8D"', true],
  ["no entity tag at all", "0x8D", false],
  ["nothing", "", false],
])("If-Match: %s", (_what, header, holds) => {
  expect(ifMatchHolds(header, '"0x8D"')).toBe(holds);
});
