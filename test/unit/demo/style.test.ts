import { expect, test } from "vitest";
import { shorten, styleFor, visibleWidth } from "../../../local/demo/style.ts";

test.each([
  ["a pipe", false, {}],
  ["NO_COLOR", true, { NO_COLOR: "1" }],
  ["a dumb terminal", true, { TERM: "dumb" }],
])("%s gets no colours", (_, isTerminal, environment) => {
  expect(styleFor(isTerminal, environment).green("text")).toBe("text");
});

test("a terminal gets colours, and an empty NO_COLOR does not switch them off", () => {
  expect(styleFor(true, { NO_COLOR: "" }).green("text")).toBe("\u001b[32mtext\u001b[39m");
});

test("the visible width leaves escape sequences out and counts characters, not code units", () => {
  expect(visibleWidth("\u001b[32m█😀\u001b[39m")).toBe(2);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["abcdef", 1, "…"],
  ["abcdef", 0, ""],
])("%s in %i columns is %s", (text, width, expected) => {
  expect(shorten(text, width)).toBe(expected);
});
