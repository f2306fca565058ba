import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((file) => [file, readFileSync(`${folder}/${file}`, "utf8")] as const);

describe.each(workflows)("%s", (_, text) => {
  it("pins each action", () => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/@(v\d+|[0-9a-f]{40})$/);
  });

  it("holds no secret, and asks for no more than it needs", () => {
    expect(text).not.toContain("secrets.");
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).toMatch(/^concurrency:$/m);
    expect(text.replace("id-token: write", "")).not.toMatch(/: write$/m);
  });
});

it("deploys by OIDC, in an environment that can ask for approval", () => {
  const text = readFileSync(`${folder}/deploy.yml`, "utf8");
  expect(text).toContain("id-token: write");
  expect(text).toContain("--federated-credential-provider github");
  expect(text).toMatch(/^ {4}environment: /m);
});

it.each(workflows)("%s stops at the first command that fails", (_, text) => {
  const commands = text.split("\n").filter((line) => !line.trim().startsWith("#"));
  expect(commands.filter((line) => line.includes(" && "))).toEqual([]);
  expect(text).not.toContain("continue-on-error");
});

it("azd runs hooks that there are", () => {
  const yaml = readFileSync("azure.yaml", "utf8");
  const main = readFileSync("infra/hooks/main.ts", "utf8");
  const hooks = new Set([...yaml.matchAll(/hook -- (\w+)/g)].map(([, name]) => name));
  expect([...hooks].toSorted()).toEqual(["postprovision", "prepackage", "preprovision"]);
  for (const hook of hooks) expect(main).toContain(`async ${hook}(`);
});
