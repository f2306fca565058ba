import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { controlIds } from "../../../shared/spoke/compliance/controls.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(project, "docs/guidance.md"), "utf8");
const sources = globSync(["functions/**/*.ts", "shared/**/*.ts", "infra/**/*"], { cwd: project });
const tests = globSync("test/**/*.test.ts", { cwd: project });

/** Rows of the tables: of the guidance `the guidance | where | test`, of the traps `trap | what | what is done | test`. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (the guidance|trap) \|/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );

const inCode = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

/** Files of a test as the page names it: with or without `.test.ts`, a folder, or the last part beside one that was named. */
function testFiles(name: string): string[] {
  const whole = tests.filter((file) => file === `test/${name}.test.ts` || file.startsWith(`test/${name}/`));
  return whole.length > 0 ? whole : tests.filter((file) => file.endsWith(`/${name}.test.ts`));
}

test("every row says where it is done and which test shows it", () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter((row) => row.length < 3 || row.some((cell) => cell === ""))).toEqual([]);
});

test("every file that the page names stands in the sources", () => {
  const named = rows
    .filter((row) => row.length === 3)
    .flatMap(([, where = ""]) => inCode(where))
    .filter((name) => /\.(ts|json)$|\/$/.test(name));
  expect(named.length).toBeGreaterThan(40);
  const stands = (name: string) =>
    name.includes("/")
      ? existsSync(join(project, name)) || sources.some((file) => file.includes(`/${name}`))
      : sources.some((file) => basename(file) === name);
  expect(named.filter((name) => !stands(name))).toEqual([]);
});

test("every test that the page names stands, and holds the words that are quoted of its name", () => {
  const wrong: string[] = [];
  let quotes = 0;
  for (const row of rows) {
    let files: string[] = [];
    for (const [, code, quoted] of (row.at(-1) ?? "").matchAll(/`([^`]+)`|"([^"]+)"/g)) {
      if (code !== undefined) {
        files = testFiles(code);
        if (files.length === 0) wrong.push(`no test ${code}`);
      } else if (quoted !== undefined && files.length > 0) {
        quotes += 1;
        const holds = (file: string) => readFileSync(join(project, file), "utf8").includes(quoted);
        if (!files.some(holds)) wrong.push(`${files.join(", ")}: ${quoted}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(quotes).toBeGreaterThan(40);
});

test("every control of the compliance report has its row, and no row names another", () => {
  const named = new Set(rows.flatMap(([row = ""]) => row.match(/ZT-[\dP](?:\.\d+)*/g) ?? []));
  expect([...named].sort()).toEqual([...controlIds].sort());
});

test("every trap that the page lists stands in the name of each test that it names", () => {
  const traps = rows.filter((row) => row.length === 4);
  expect(traps.length).toBeGreaterThan(27);
  const silent = traps.flatMap((row) => {
    // "trap 13" and "traps 15 and 16" name it.
    const number = new RegExp(`\\btraps? (?:\\d+(?:, | and ))*${row[0]}\\b`);
    return inCode(row.at(-1) ?? "")
      .filter((name) => !testFiles(name).some((file) => number.test(readFileSync(join(project, file), "utf8"))))
      .map((name) => `trap ${row[0]}: ${name}`);
  });
  expect(silent).toEqual([]);
});
