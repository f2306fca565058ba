import type { ControlEvidence, ControlExemption, ControlStatus } from "../../../domain/compliance.ts";
import { tryParseResourceId } from "../../../domain/resource-id.ts";
import type { ControlView, SpokeComplianceView } from "../compliance-view.ts";
import { type Html, html, nothing } from "./html.ts";
import { momentWords, scoreWords, statusWords } from "./words.ts";

const order: readonly ControlStatus[] = ["fail", "exempt", "unknown", "pass", "notApplicable"];
const mostEvidence = 5;

/** One spoke, control by control: what fails first. Open where something fails. */
export function spokeSection({ spoke, status, score, controls, reason }: SpokeComplianceView): Html {
  const rows = order.flatMap((wanted) => controls.filter((one) => one.status === wanted)).map(controlRow);
  const body =
    rows.length === 0
      ? html`<p>${reason ?? "Nothing was judged."}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="Controls of ${spoke}">
<table><caption>Controls of ${spoke}: what fails first</caption>
<thead><tr><th scope="col">Control</th><th scope="col">Status</th><th scope="col">What was seen</th><th scope="col">What to do</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  const summary = html`<summary><h3>${spoke}: ${statusWords[status]}, score ${scoreWords(score)}</h3></summary>`;
  return status === "NonCompliant"
    ? html`<details id="${sectionId(spoke)}" open>${summary}${body}</details>`
    : html`<details id="${sectionId(spoke)}">${summary}${body}</details>`;
}

/** Where the page tells of a spoke. */
export function sectionId(spoke: string): string {
  return `spoke-${spoke}`;
}

function controlRow({ id, title, severity, status, evidence, remedy, exemption }: ControlView): Html {
  const told = evidence.slice(0, mostEvidence).map(evidenceLine);
  const more = evidence.length - told.length;
  return html`<tr><th scope="row"><span class="id">${id}</span><br>${title}<br><span class="quiet">${severity}</span></th>
<td class="status ${status}">${statusWords[status]}</td>
<td><ul class="seen">${told}${more > 0 ? html`<li>And ${more} more.</li>` : nothing}</ul></td>
<td>${exemption === undefined ? remedy : exemptionWords(exemption)}</td></tr>`;
}

function evidenceLine({ resourceId, seen }: ControlEvidence): Html {
  if (resourceId === null) return html`<li>${seen}</li>`;
  const name = tryParseResourceId(resourceId)?.name ?? resourceId;
  return html`<li><code title="${resourceId}">${name}</code>: ${seen}</li>`;
}

function exemptionWords({ owner, reason, ticket, expiresAt }: ControlExemption): string {
  const until = expiresAt === null ? "without an end" : `until ${momentWords(expiresAt)}`;
  return `Exempt ${until}: ${reason} (${owner}${ticket === null ? "" : `, ${ticket}`}).`;
}
