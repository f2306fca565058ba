import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCatalogue } from "../../../shared/azure/error-catalogue.ts";
import { azureCodeTable } from "./azure-code-table.ts";
import { codesInSource } from "./codes-in-source.ts";

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");
/** Every word in code type of the first column of a page's tables. */
const listed = (text: string) =>
  new Set([...text.matchAll(/^\| (`[^|]*)\|/gm)].flatMap(([, cell = ""]) => cell.match(/(?<=`)[\w-]+(?=`)/g) ?? []));

const { codes, open } = codesInSource("functions", "shared");
const linter = "shared/rules/lint/";

test("every code that the tool gives is in docs/error-codes.md, or is the linter's, which docs/proof.md tells", () => {
  const ofTheLinter = listed(page("proof.md"));
  const told = listed(page("error-codes.md"));
  const isTold = (code: string, files: ReadonlySet<string>) =>
    told.has(code) ||
    ([...files].every((file) => file.startsWith(linter)) && ofTheLinter.has(code)) ||
    // An example of an answer shows a code of Azure's.
    ([...files].every((file) => file.endsWith("openapi/examples.ts")) && code in errorCatalogue);
  expect(codes.size).toBeGreaterThan(190);
  expect([...codes].filter(([code, files]) => !isTold(code, files)).map(([code]) => code)).toEqual([]);
});

test("and the page tells of no code that the tool does not give", () => {
  expect([...listed(page("error-codes.md"))].filter((code) => !codes.has(code))).toEqual([]);
});

test("a code is made of something that is no literal in these files alone, and none of it is the tool's own word", () => {
  expect([...open]).toEqual([
    "functions/hardening/take-in-defender.ts", // Defender-{Azure's code}
    "functions/http/openapi/change-schemas.ts", // the OpenAPI document describes the field
    "functions/http/openapi/finding-schemas.ts",
    "functions/http/openapi/recommendation-schemas.ts",
    "functions/http/problem.ts", // of a failure that is passed on
    "shared/azure/diagnostic-setting.ts", // Azure's
    "shared/azure/errors.ts", // Azure's, or Http{status}
    "shared/azure/resource-graph.ts", // Azure's
    "shared/azure/thrown-failure.ts", // Azure's
    "shared/reconcile/hardening/recommend-by-defender.ts", // AdaptiveNetworkHardening-{Azure's code}
    "shared/spoke/changes/part-meanings.ts", // of its tuples
    "shared/spoke/connectivity/rule-findings.ts", // the linter's, capitalised
    "shared/telemetry/spans.ts", // OpenTelemetry's code of a span that failed
  ]);
});

test("docs/azure-error-codes.md is the catalogue: `npx vitest run test/unit/docs -u` writes it", async () => {
  await expect(azureCodeTable(errorCatalogue)).toMatchFileSnapshot("../../../docs/azure-error-codes.md");
});
