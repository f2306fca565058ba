import type { ScorePoint } from "../../../domain/compliance.ts";
import { type Html, html, nothing } from "./html.ts";

const width = 640;
const height = 140;
const left = 36;
const right = 12;
const top = 12;
const bottom = 24;
const mostPoints = 120;

/** The history of the score as a line, oldest left; its words say the same to who does not see it. */
export function scoreLine(history: readonly ScorePoint[]): Html {
  const points = history.filter((one): one is ScorePoint & { score: number } => one.score !== null).slice(-mostPoints);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return nothing;
  const begin = Date.parse(first.at);
  const span = Math.max(1, Date.parse(last.at) - begin);
  const x = (at: string) => left + ((Date.parse(at) - begin) / span) * (width - left - right);
  const y = (score: number) => top + (1 - score / 100) * (height - top - bottom);
  const line = points.map(({ at, score }) => `${x(at).toFixed(1)},${y(score).toFixed(1)}`).join(" ");
  const words = `Score from ${first.score.toFixed(1)} on ${dayOf(first.at)} to ${last.score.toFixed(1)} on ${dayOf(last.at)}, over ${points.length} sweeps.`;
  const grid = [0, 50, 100].map(
    (score) => html`<line class="grid" x1="${left}" x2="${width - right}" y1="${y(score)}" y2="${y(score)}"/>
<text x="${left - 6}" y="${y(score) + 4}" text-anchor="end">${score}</text>`,
  );
  return html`<figure>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">
${grid}
<polyline class="score" points="${line}"/>
<circle class="now" cx="${x(last.at).toFixed(1)}" cy="${y(last.score).toFixed(1)}" r="3.5"/>
<text x="${left}" y="${height - 6}">${dayOf(first.at)}</text>
<text x="${width - right}" y="${height - 6}" text-anchor="end">${dayOf(last.at)}</text>
</svg>
<figcaption>${words}</figcaption>
</figure>`;
}

export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}
