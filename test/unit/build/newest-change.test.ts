import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newestChange } from "../../../build/newest-change.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "newest-change-"));
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner", "a.ts"), "");
  writeFileSync(join(folder, "inner", "b.ts"), "");
  for (const path of ["inner/a.ts", "inner/b.ts", "inner", "."]) utimesSync(join(folder, path), 1000, 1000);
});

afterEach(() => rmSync(folder, { recursive: true }));

test("is the time of the newest file, however deep", () => {
  utimesSync(join(folder, "inner", "b.ts"), 2000, 2000);
  expect(newestChange([folder])).toBe(2_000_000);
});

test("a removed file counts as a change", () => {
  rmSync(join(folder, "inner", "b.ts"));
  expect(newestChange([folder])).toBeGreaterThan(1_000_000);
});

test("what does not exist never changed", () => {
  expect(newestChange([join(folder, "missing")])).toBe(0);
});
