import type { SpokeView } from "./spoke-view.ts";
import { type Style, shorten } from "./style.ts";

/** One step of the guidance while the spoke is made: how many of its resources stand. */
export interface StepProgress {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly done: number;
  readonly total: number;
}

/** Counts each step's resources; a resource that serves several steps counts in each of them. */
export function stepProgress(spoke: SpokeView): StepProgress[] {
  return spoke.steps.map(({ number, name, status }) => {
    const resources = spoke.resources.filter((resource) => resource.steps.includes(number));
    const done = resources.filter((resource) => resource.status === "Succeeded").length;
    return { number, name, status, done, total: resources.length };
  });
}

const barWidth = 20;
const marks: Record<string, string> = { Succeeded: "✓", Failed: "✗", Running: "▸", Pending: "·", NotApplicable: "–" };

/** The live display: one line for each step, none wider than `width` columns. */
export function progressBars(steps: readonly StepProgress[], width: number, style: Style): string[] {
  const fixed = 2 + 2 + 2 + 1 + barWidth + 2 + 7 + 2 + 13;
  const room = Math.max(12, Math.min(width - fixed, Math.max(0, ...steps.map(({ name }) => [...name].length))));
  return steps.map((step) => {
    const filled = step.total === 0 ? 0 : Math.round((barWidth * step.done) / step.total);
    const bar = style.green("█".repeat(filled)) + style.dim("░".repeat(barWidth - filled));
    const count = step.total === 0 ? "" : `${step.done}/${step.total}`;
    const mark = marks[step.status] ?? "?";
    const name = shorten(step.name, room).padEnd(room);
    return `  ${mark} ${step.number} ${name}  ${bar} ${count.padStart(7)}  ${statusColour(step.status, style)}`;
  });
}

/** Lines for a terminal without cursor control or a log: one for each step that changed since `before`. */
export function progressChanges(before: readonly StepProgress[], now: readonly StepProgress[]): string[] {
  return now.flatMap((step) => {
    const old = before.find(({ number }) => number === step.number);
    if (old && old.status === step.status && old.done === step.done && old.total === step.total) return [];
    if (!old && step.status === "Pending") return [];
    const count = step.total === 0 ? "" : ` (${step.done} of ${step.total})`;
    return [`Step ${step.number}  ${step.name}: ${step.status}${count}`];
  });
}

function statusColour(status: string, style: Style): string {
  if (status === "Succeeded") return style.green(status);
  if (status === "Failed") return style.red(status);
  return status === "Running" ? style.cyan(status) : style.dim(status);
}
