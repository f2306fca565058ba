import type { SpokeView } from "./spoke-view.ts";
import { progressBars, progressChanges, type StepProgress, stepProgress } from "./step-progress.ts";
import type { Style } from "./style.ts";

/** Where the demo writes: standard output, as far as the display needs it. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows the steps progressing: bars redrawn in place on a terminal, a line for each change elsewhere. */
export class ProgressDisplay {
  readonly #screen: Screen;
  readonly #style: Style;
  #drawnLines = 0;
  #last: readonly StepProgress[] = [];

  constructor(screen: Screen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  show(spoke: SpokeView): void {
    const steps = stepProgress(spoke);
    if (this.#screen.isTTY) this.#redraw(steps);
    else for (const line of progressChanges(this.#last, steps)) this.#screen.write(`${line}\n`);
    this.#last = steps;
  }

  #redraw(steps: readonly StepProgress[]): void {
    const lines = progressBars(steps, this.#screen.columns ?? 100, this.#style);
    const up = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : "";
    this.#screen.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
    this.#drawnLines = lines.length;
  }
}
