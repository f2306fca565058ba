import { expect, test } from "vitest";
import { inPlace } from "../../../shared/azure/in-place.ts";

const rule = (name: string, port = 0) => ({ name, port });
const byName = (one: { readonly name: string }) => one.name;

test("wanted members take the place of those of their name; new ones come last; others stay where they are", () => {
  const standing = [rule("theirs-1"), rule("ours-1"), rule("theirs-2"), rule("ours-2")];
  expect(inPlace(standing, [rule("ours-3", 3), rule("ours-1", 1)], ["ours-2"], byName)).toEqual([
    rule("theirs-1"),
    rule("ours-1", 1),
    rule("theirs-2"),
    rule("ours-3", 3),
  ]);
});

test("one who joins and leaves again leaves the list as it was", () => {
  const standing = ["10.3.0.0/22", "10.1.0.0/22", "10.2.0.0/22"];
  const joined = inPlace(standing, ["10.9.0.0/22", "10.1.0.0/22"], [], String);
  expect(inPlace(joined, [], ["10.9.0.0/22"], String)).toEqual(standing);
});

test("a member that stands twice stands once afterwards, and what is wanted wins over what is retired", () => {
  expect(inPlace(["a", "b", "a"], ["a"], ["a"], String)).toEqual(["a", "b"]);
  expect(inPlace([], ["a"], [], String)).toEqual(["a"]);
});
