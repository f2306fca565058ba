import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ruleOf } from "../rules/meaning/rule-of.ts";

const folder = mkdtempSync(join(tmpdir(), "nsg-tool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the tool as `npm run nsg` does. */
function nsg(args: readonly string[], input = ""): Promise<{ code: number | null; lines: string[]; errors: string }> {
  const env = { ...process.env, INIT_CWD: folder };
  const child = spawn(process.execPath, ["tool/nsg/start.js", ...args], { env });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, lines: output.split("\n").filter((line) => line !== ""), errors }));
  });
}

const jsonLines = (...values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");
const open = ruleOf({ destinationPortRange: "22" });

describe("nsg compare", () => {
  test("answers every line in order, also behind lines that cannot be read, and ends with 1 on a difference", async () => {
    const input = [
      jsonLines({ id: "same", a: [open], b: [open] }),
      "no json\n",
      jsonLines({ id: 7, a: [open], b: [] }, { id: "bad", a: [{ priority: 1 }], b: [] }, { id: "last", a: [], b: [] }),
    ].join("");
    const { code, lines } = await nsg(["compare"], input);
    const answers = lines.map((line) => JSON.parse(line));
    expect(answers.map(({ id, equal }) => [id, equal])).toEqual([
      ["same", true],
      [null, undefined],
      [7, false],
      ["bad", undefined],
      ["last", true],
    ]);
    expect(answers[0].witness).toBeNull();
    expect(answers[1].error).toContain("line 2");
    expect(answers[3].error).toContain("protocol");
    expect(Object.keys(answers[2].witness)).toEqual(
      expect.arrayContaining([
        "direction",
        "protocol",
        "sourceAddress",
        "sourcePort",
        "destinationAddress",
        "destinationPort",
        "aAllows",
        "bAllows",
      ]),
    );
    expect(code).toBe(1);
  });

  test("says where two NSGs differ only because VirtualNetwork may hold other addresses than the private ones", async () => {
    const inside = ruleOf({ sourceAddressPrefix: "10.0.0.0/8", destinationAddressPrefix: "10.0.0.0/8" });
    const { lines } = await nsg(["compare"], jsonLines({ id: 1, a: [inside], b: [] }, { id: 2, a: [open], b: [] }));
    const assumptionsOf = (line = "{}") => (JSON.parse(line) as { assumptions: string[] }).assumptions;
    expect(assumptionsOf(lines[0])).toContain("other-virtual-network");
    expect(assumptionsOf(lines[1])).not.toContain("other-virtual-network");
  });

  test("ends with 0 where all are equal, and with 2 where a line got no answer", async () => {
    expect((await nsg(["compare"], jsonLines({ id: 1, a: [], b: [] }))).code).toBe(0);
    expect((await nsg(["compare"], `${jsonLines({ id: 1, a: [], b: [] })}{\n`)).code).toBe(2);
  });

  test("compares two files, and writes for people with --table", async () => {
    writeFileSync(join(folder, "a.json"), JSON.stringify([open]));
    writeFileSync(join(folder, "b.json"), JSON.stringify({ name: "nsg-b", properties: { securityRules: [] } }));
    const { code, lines } = await nsg(["compare", "a.json", "b.json", "--table"]);
    expect(code).toBe(1);
    expect(lines[0]).toContain("different: Inbound Tcp");
    expect(lines.join("\n")).toContain("Security admin rules");
    // Only what this answer rests on.
    expect(lines.join("\n")).not.toContain("has joined no ASG but that");
  });

  test.each([
    [[]],
    [["guess"]],
    [["compare", "one.json"]],
    [["compare", "none.json", "none.json"]],
    [["compare", "--x"]],
  ])("misuse %j ends with 2 and the usage", async (args) => {
    const { code, errors } = await nsg(args);
    expect(code).toBe(2);
    expect(errors).toContain("npm run --silent nsg");
  });
});

describe("nsg explain", () => {
  test("names the rule that decides at each group", async () => {
    const packet = {
      direction: "Inbound",
      protocol: "TCP",
      sourceAddress: "203.0.113.9",
      sourcePort: 50000,
      destinationAddress: "10.0.0.4",
      destinationPort: 22,
    };
    const { code, lines } = await nsg(["explain"], jsonLines({ id: "p", packet, nsgs: [[open], []] }));
    expect(code).toBe(0);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      id: "p",
      access: "Deny",
      decisions: [{ rule: "rule" }, { rule: "DenyAllInBound" }],
    });
  });
});

describe("nsg prove", () => {
  const closed = ["Inbound", "Outbound"].map((direction) => ruleOf({ direction, priority: 4096, access: "Deny" }));

  test("ends with 0 where exactly the intent passes, with 1 and the packet where more does", async () => {
    const right = { id: "right", intent: [open], nsgs: [[open, ...closed]] };
    expect((await nsg(["prove"], jsonLines(right))).code).toBe(0);
    const { code, lines } = await nsg(
      ["prove"],
      jsonLines(right, { id: "more", intent: [], nsgs: [[open, ...closed]] }),
    );
    expect(code).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ id: "right", proven: true, counterexample: null });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      proven: false,
      counterexample: { kind: "unintended", direction: "Inbound", destinationPort: 22, decisions: [{ rule: "rule" }] },
    });
  });
});

describe("nsg lint", () => {
  test("names what is wrong and ends with 1; what is only worth knowing ends with 0", async () => {
    const severe = await nsg(["lint"], jsonLines({ id: "l", nsg: [open] }));
    expect(severe.code).toBe(1);
    expect(JSON.parse(severe.lines[0] ?? "").findings[0]).toMatchObject({
      code: "management-port-open",
      severity: "critical",
      rule: "rule",
    });
    const closing = ["Inbound", "Outbound"].map((direction) => ruleOf({ direction, priority: 4096, access: "Deny" }));
    const tag = ruleOf({ sourceAddressPrefix: "SomeNewService", destinationPortRange: "443", protocol: "Tcp" });
    expect((await nsg(["lint"], jsonLines({ id: "l", nsg: [tag, ...closing] }))).code).toBe(0);
  });
});

test.each([
  ["compare", { a: [], b: [] }],
  ["prove", { intent: [], nsgs: [[]] }],
  ["lint", { nsg: [] }],
])("trap 23: every answer of %s says that admin rules are not given", async (command, question) => {
  const { lines } = await nsg([command], jsonLines({ id: 1, ...question }));
  expect(JSON.parse(lines[0] ?? "").assumptions).toContain("no-admin-rules");
});
