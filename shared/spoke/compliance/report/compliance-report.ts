import type { ComplianceSweep, ControlStatus } from "../../../domain/compliance.ts";
import type { ComplianceView, ControlView, SpokeComplianceView } from "../compliance-view.ts";
import { controls } from "../controls.ts";
import { type Html, html, nothing } from "./html.ts";
import { reportStyle } from "./report-style.ts";
import { scoreLine } from "./score-line.ts";
import { sectionId, spokeSection } from "./spoke-section.ts";
import { momentWords, scoreWords, statusWords } from "./words.ts";

/** So many spokes are told control by control; of more, those that fail come first. */
const mostSections = 200;

/**
 * The compliance report as a page that stands alone: no script, nothing loaded, every text escaped.
 * @param now when it is made, ISO 8601
 */
export function complianceReport(view: ComplianceView, now: string): string {
  const failing = view.value.filter(({ status }) => status === "NonCompliant");
  const told = [...failing, ...view.value.filter(({ status }) => status !== "NonCompliant")].slice(0, mostSections);
  const left = view.value.length - told.length;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Zero Trust compliance of spokes</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>Zero Trust compliance of spokes</h1>
<p class="quiet">${sweepWords(view.sweep)} Made ${momentWords(now)}.</p>
</header>
<main>
${numbers(view, failing.length)}
${scoreLine(view.history)}
<h2 id="spokes">Spokes</h2>
${spokeTable(view.value, new Set(told))}
<h2 id="controls">Controls</h2>
${controlTable(view)}
<h2 id="details">Spoke by spoke</h2>
${left > 0 ? html`<p>${told.length} spokes are told here; ask for <code>?spoke=</code> to see one of the other ${left}.</p>` : nothing}
${told.length === 0 ? html`<p>No sweep has looked at a spoke yet: <code>POST /api/compliance/sweep</code>.</p>` : nothing}
${told.map(spokeSection)}
</main>
<footer><p class="quiet">Controls are the rows of "Apply Zero Trust principles to a spoke virtual network in Azure". The score is the share of their weight that passes (critical 10, high 6, medium 3, low 1); what nobody can see counts as half of a failure; what is exempt or not applicable counts for nothing.</p></footer>
</body>
</html>
`.text;
}

function sweepWords(sweep: ComplianceSweep | null): string {
  if (sweep === null) return "No sweep has run yet.";
  const { status, startedAt, finishedAt, error } = sweep;
  if (status === "Running")
    return `A sweep is under way since ${momentWords(startedAt)}; what follows is of the one before.`;
  if (status === "Failed") return `The sweep of ${momentWords(startedAt)} failed: ${error ?? "it says no reason"}.`;
  return `Sweep of ${momentWords(startedAt)}, finished ${momentWords(finishedAt ?? "")}.`;
}

function numbers({ value, score, sweep }: ComplianceView, failing: number): Html {
  const number = (told: string | number, words: string) => html`<li><strong>${told}</strong>${words}</li>`;
  return html`<ul class="numbers">
${number(scoreWords(score), "score")}
${number(value.length, value.length === 1 ? "spoke" : "spokes")}
${number(failing, "with a failing control")}
${sweep === null ? nothing : number(sweep.resources, "rows read")}
${sweep === null ? nothing : number(sweep.calls, "calls to Azure")}
</ul>`;
}

const counted: readonly ControlStatus[] = ["fail", "exempt", "unknown", "pass", "notApplicable"];

function controlTable({ value }: ComplianceView): Html {
  const tallies = new Map<string, Map<ControlStatus, number>>();
  for (const { id, status } of value.flatMap((one): readonly ControlView[] => one.controls)) {
    const tally = tallies.get(id) ?? new Map<ControlStatus, number>();
    tally.set(status, (tally.get(status) ?? 0) + 1);
    tallies.set(id, tally);
  }
  const rows = controls
    .filter(({ id }) => tallies.has(id))
    .map(({ id, title, severity }) => {
      const tally = tallies.get(id);
      const cells = counted.map(
        (status) => html`<td class="number ${tally?.get(status) ? status : "none"}">${tally?.get(status) ?? 0}</td>`,
      );
      return html`<tr><th scope="row" class="id">${id}</th><td>${title}</td><td>${severity}</td>${cells}</tr>`;
    });
  const heads = counted.map((status) => html`<th scope="col" class="number">${statusWords[status]}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Controls">
<table><caption>How many spokes pass each control, in the order of the guidance</caption>
<thead><tr><th scope="col">Control</th><th scope="col">What the guidance asks</th><th scope="col">Severity</th>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function spokeTable(value: readonly SpokeComplianceView[], told: ReadonlySet<SpokeComplianceView>): Html {
  const rows = value.map((one) => {
    const { spoke, status, score, controls: all, checkedAt, reason } = one;
    const name = told.has(one) ? html`<a href="#${sectionId(spoke)}">${spoke}</a>` : html`${spoke}`;
    const count = (of: ControlStatus) => all.filter((one) => one.status === of).length;
    return html`<tr><th scope="row">${name}</th><td class="status ${status === "NonCompliant" ? "fail" : status === "Compliant" ? "pass" : "unknown"}">${statusWords[status]}</td><td class="number">${scoreWords(score)}</td><td class="number">${count("fail")}</td><td class="number">${count("exempt")}</td><td class="number">${count("unknown")}</td><td>${momentWords(checkedAt)}</td><td>${reason ?? ""}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Spokes">
<table><caption>Every spoke with its score and how many of its controls fail, are exempt, or are unknown</caption>
<thead><tr><th scope="col">Spoke</th><th scope="col">Status</th><th scope="col" class="number">Score</th><th scope="col" class="number">Fail</th><th scope="col" class="number">Exempt</th><th scope="col" class="number">Unknown</th><th scope="col">Looked at</th><th scope="col">Why not</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
