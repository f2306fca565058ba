import type { ControlStatus, SpokeCompliance } from "../../shared/domain/compliance.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import { complianceView } from "../../shared/spoke/compliance/compliance-view.ts";
import { controlIds } from "../../shared/spoke/compliance/controls.ts";
import { complianceReport } from "../../shared/spoke/compliance/report/compliance-report.ts";
import type { Composition } from "../composition.ts";
import { sweepStoreOf } from "../sweep-tools-of.ts";
import { Problem, problemAt } from "./problem.ts";
import { json, type Route } from "./route.ts";

/**
 * `GET /api/compliance[?spoke=][&control=][&status=][&format=html]`: what the latest sweep says of each spoke, control by control;
 * as a page for who asks for HTML.
 */
export function getCompliance(compose: Composition): Route {
  return {
    name: "getCompliance",
    method: "GET",
    path: "compliance",
    roles: ["Read"],
    handle: async ({ request }) => {
      const control = request.query.get("control");
      if (control !== null && !controlIds.has(control)) {
        throw problemAt(
          400,
          "There is no such control.",
          "/control",
          "unknown-control",
          "GET /api/compliance lists them.",
        );
      }
      const status = statusOf(request.query.get("status"));
      const asHtml = wantsHtml(request.query.get("format"), request.headers.get("accept"));
      const store = await sweepStoreOf(compose);
      const [verdicts, sweep, history] = await Promise.all([
        verdictsOf(compose, request.query.get("spoke")),
        store.current(),
        store.history(),
      ]);
      const view = complianceView(verdicts, sweep?.value ?? null, history, { control, status });
      return asHtml ? { status: 200, headers, body: complianceReport(view, compose.now()) } : json(200, view);
    },
  };
}

/** @throws Problem 404 where there is no such spoke. */
async function verdictsOf(compose: Composition, spoke: string | null): Promise<readonly SpokeCompliance[]> {
  const store = await sweepStoreOf(compose);
  if (spoke === null) return (await store.allVerdicts()).flatMap(({ value }) => value);
  const record = isSpokeName(spoke) ? await (await compose.spokes()).readRecord(spoke) : null;
  if (record === null) throw new Problem(404, "There is no spoke of this name.");
  const verdicts = await store.readVerdicts(record.value.request.subscriptionId.toLowerCase());
  return (verdicts?.value ?? []).filter((one) => one.spoke === spoke);
}

/** @throws Problem 400 for a status that there is not. */
function statusOf(text: string | null): ControlStatus | null {
  const known = statuses.find((one) => one === text);
  if (text === null || known !== undefined) return known ?? null;
  throw problemAt(400, "There is no such status.", "/status", "not-allowed", `Ask for ${statuses.join(", ")}.`);
}

const statuses: readonly ControlStatus[] = ["pass", "fail", "exempt", "notApplicable", "unknown"];

/** @throws Problem 400 for a format that there is not. */
function wantsHtml(format: string | null, accept: string | null): boolean {
  if (format !== null && format !== "html" && format !== "json") {
    throw problemAt(400, "There is no such format.", "/format", "not-allowed", "Ask for json or html.");
  }
  if (format !== null) return format === "html";
  // A browser asks for HTML by name; whoever takes anything gets JSON.
  const types = (accept ?? "")
    .toLowerCase()
    .split(",")
    .map((type) => type.split(";")[0]?.trim());
  return types.includes("text/html") && !types.includes("application/json");
}

/** The page loads nothing and runs nothing; its one style sheet stands in it. */
const headers = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  "x-content-type-options": "nosniff",
};
