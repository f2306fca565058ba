import { AsyncLocalStorage } from "node:async_hooks";
import type { TraceParent } from "../domain/trace-parent.ts";

/** What the code that runs now belongs to: every line of the log and every call to Azure says so. */
export interface Operation {
  /** The function that runs, such as `applyResource`. */
  readonly name: string;
  readonly trace: TraceParent;
  /** The spoke it is about; null as long as it is about none, or many. */
  spoke: string | null;
}

const current = new AsyncLocalStorage<Operation>();

/** Null outside of any function: while the app starts. */
export function currentOperation(): Operation | null {
  return current.getStore() ?? null;
}

export function inOperation<R>(operation: Operation, work: () => R): R {
  return current.run(operation, work);
}

/** Notes what spoke the present operation is about, where it became known only now. */
export function noteSpoke(name: string): void {
  const operation = current.getStore();
  if (operation !== undefined) operation.spoke = name;
}

/** Runs a part of the present operation that is about one spoke of several. */
export function aboutSpoke<R>(spoke: string, work: () => R): R {
  const operation = current.getStore();
  return operation === undefined ? work() : current.run({ ...operation, spoke }, work);
}
