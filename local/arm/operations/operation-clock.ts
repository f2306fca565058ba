import type { Operation } from "./operation.ts";
import type { OperationStore } from "./operation-store.ts";

const longestTimer = 2 ** 31 - 1;

/** Ends operations when their time has come, in the order in which they are due; also those of an earlier process. */
export class OperationClock {
  readonly #operations: OperationStore;
  readonly #complete: (operation: Operation) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(operations: OperationStore, complete: (operation: Operation) => void) {
    this.#operations = operations;
    this.#complete = complete;
  }

  /** Ends everything that is due now and sets the timer for the next; call after every change of the operations. */
  tick(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    const due: Operation[] = [];
    for (const operation of this.#operations.running()) {
      if (operation.dueAt <= now) due.push(operation);
      else next = Math.min(next, operation.dueAt);
    }
    due.sort((a, b) => a.dueAt - b.dueAt);
    for (const { id } of due) {
      const operation = this.#operations.get(id);
      if (operation?.status === "InProgress") this.#complete(operation);
    }
    // What has ended may have begun others.
    if (due.length > 0) this.tick();
    else if (Number.isFinite(next)) this.#timer = setTimeout(() => this.tick(), Math.min(next - now, longestTimer));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
