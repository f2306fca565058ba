import { expect, test } from "vitest";
import type { SpokeCompliance } from "../../../../shared/domain/compliance.ts";
import { complianceView } from "../../../../shared/spoke/compliance/compliance-view.ts";
import { judgeSpoke } from "../../../../shared/spoke/compliance/judge-spoke.ts";
import { complianceReport } from "../../../../shared/spoke/compliance/report/compliance-report.ts";
import { html } from "../../../../shared/spoke/compliance/report/html.ts";
import { contractRequest, stateOf } from "../example.ts";
import { exemption } from "../exemption-example.ts";
import { assessed, goodSurroundings } from "./assessed.ts";

const state = stateOf(contractRequest);
const rest = {
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  reason: null,
  checkedAt: "2026-11-27T04:00:00.000Z",
  judgedAt: "2026-11-27T04:00:00.000Z",
  sweepId: "1",
  fingerprint: "",
};

function verdict(spoke: string, hostile = "Migration"): SpokeCompliance {
  const surroundings = { ...goodSurroundings, virtualNetworkEncrypted: false };
  const judged = judgeSpoke(
    assessed(state, undefined, [exemption({ control: "ZT-P.9", reason: hostile })], { surroundings }),
  );
  return { ...judged, ...rest, spoke, drift: [] };
}

const all = { control: null, status: null };
const point = (day: number, score: number) => ({ at: `2026-11-0${day}T00:00:00.000Z`, score, spokes: 1, failed: 0 });

test("texts of others become text: nothing that they hold is HTML", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u0007\u202e`;
  const page = complianceReport(complianceView([verdict("orders-prod", hostile)], null, [], all), "now");
  expect(page).not.toContain("<script");
  expect(page).not.toContain("<img");
  for (const one of ["\u0007", "\u202e"]) expect(page).not.toContain(one);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html`<a title="${hostile}">`.text).not.toMatch(/"[^"]*"[^"]*"/);
});

test("a page has a language, a title, one first heading, captions and scopes", () => {
  const page = complianceReport(
    complianceView([verdict("orders-prod")], null, [point(1, 80), point(2, 90)], all),
    "now",
  );
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page.match(/<h1>/g)).toHaveLength(1);
  expect(page).toContain('<a href="#spoke-orders-prod">orders-prod</a>');
  expect(page).toMatch(/<details id="spoke-orders-prod"[^>]*><summary><h3>/);
  expect(page.match(/<table>/g)).toHaveLength(page.match(/<caption>/g)?.length ?? 0);
  expect(page).not.toMatch(/<th\b(?![^>]*scope=)[^>]*>/);
  expect(page).toContain('role="img" aria-label="Score from 80.0 on 2026-11-01 to 90.0 on 2026-11-02, over 2 sweeps."');
});

test("the page before the first sweep says so", () => {
  expect(complianceReport(complianceView([], null, [], all), "now")).toContain("No sweep has run yet.");
});

test("one control alone: its verdicts, and the score of it", () => {
  const view = complianceView([verdict("b"), verdict("a")], null, [], { control: "ZT-5.6", status: null });
  expect(view.value.map(({ spoke, controls }) => [spoke, controls.map(({ id }) => id)])).toEqual([
    ["a", ["ZT-5.6"]],
    ["b", ["ZT-5.6"]],
  ]);
  expect(view.score).toBe(100);
});

test("one status alone: fewer controls, the same score", () => {
  const whole = complianceView([verdict("a")], null, [], all);
  const unknown = complianceView([verdict("a")], null, [], { control: null, status: "unknown" });
  expect(new Set(unknown.value[0]?.controls.map(({ status }) => status))).toEqual(new Set(["unknown"]));
  expect(unknown.score).toBe(whole.score);
});
