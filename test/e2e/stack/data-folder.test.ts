import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataFolder } from "../../../local/stack/data-folder.ts";
import { StackError } from "../../../local/stack/stack-error.ts";

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "data-folder-"));
});

afterEach(() => rmSync(path, { recursive: true, force: true }));

test("a second stack is refused with the first one's process, and welcome after it", () => {
  const first = DataFolder.open(path);
  first.noteProcesses([]);
  const second = (): DataFolder => DataFolder.open(path);
  expect(second).toThrow(StackError);
  expect(second).toThrow(`Another stack (process ${process.pid}) runs on ${path}`);
  first.close();
  second().close();
});

test("what a killed stack left behind does not hinder the next one", async () => {
  writeFileSync(join(path, "stack.json"), "{}");
  writeFileSync(join(path, "stack.pids.json"), JSON.stringify({ supervisor: 1, children: [2 ** 30] }));
  const folder = DataFolder.open(path);
  await folder.awaitLeftovers();
  expect(existsSync(folder.stackFile)).toBe(false);
  folder.close();
});

test("stack.json is written whole and goes when the folder is given back", () => {
  const folder = DataFolder.open(path);
  folder.writeStackFile({ azure: { url: "https://127.0.0.1:1" } });
  expect(JSON.parse(readFileSync(folder.stackFile, "utf8"))).toEqual({ azure: { url: "https://127.0.0.1:1" } });
  expect(readdirSync(path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  folder.close();
  expect(existsSync(folder.stackFile)).toBe(false);
});

test("without a path the folder is temporary and goes with its stack", () => {
  const folder = DataFolder.open(null);
  expect(existsSync(folder.path)).toBe(true);
  folder.close();
  expect(existsSync(folder.path)).toBe(false);
});
