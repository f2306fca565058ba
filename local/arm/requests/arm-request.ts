import type { OperationFault } from "../faults/faults.ts";
import type { CallOrigin } from "../operations/ended-change.ts";
import type { Caller } from "../world.ts";

/** A call of Azure Resource Manager, authenticated and with its path made plain. */
export interface ArmRequest {
  readonly method: string;
  /** Decoded, single slashes, no trailing slash. */
  readonly path: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body's text; empty where there is none. */
  readonly text: string;
  readonly caller: Caller;
  /** What events of the change tell about the call; absent where no client called. */
  readonly origin?: CallOrigin | undefined;
  /** A fault that the operation started by this call takes over. */
  readonly operationFault: OperationFault | undefined;
  /** Called when an operation took the fault over. */
  readonly faultTaken: () => void;
  /** Tells the record of calls which Azure RBAC action was asked for. */
  readonly noteAction: (action: string) => void;
}

/** The answer to a call. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; undefined for an empty body. */
  readonly body?: unknown;
  /** The body as JSON already, for answers of megabytes; `body` is passed over then. */
  readonly json?: string;
}
