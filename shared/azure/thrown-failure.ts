import { toldFor } from "./told-refusals.ts";

/** What a thrown thing says about a failure, whichever SDK generation, Graph or Node threw it. */
export interface ThrownFailure {
  /** Azure's own code, Node's (ECONNRESET …), or null. */
  readonly code: string | null;
  /** Codes nested in `details` and `innererror`, outermost first. */
  readonly innerCodes: readonly string[];
  /** HTTP status, or null where there was no answer, or where an operation failed after it was accepted. */
  readonly statusCode: number | null;
  readonly message: string;
  /** Milliseconds that Azure asked to wait, or null. */
  readonly retryAfter: number | null;
}

interface FailedAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null | undefined };
}

/** A failed answer that no SDK reads for us: of Microsoft Graph, or one that the SDK would repeat for too long. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly statusCode: number;
  readonly code: string | null;
  readonly response: Pick<FailedAnswer, "headers">;

  constructor(answer: FailedAnswer, error: { readonly code?: string; readonly message?: string } | undefined) {
    super(error?.message ?? `HTTP ${answer.status}`);
    this.statusCode = answer.status;
    this.code = error?.code ?? null;
    this.response = { headers: answer.headers };
  }
}

/** Reads anything that was thrown. Nothing but the code, the status, the message and Retry-After is taken over. */
export function readThrown(thrown: unknown): ThrownFailure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const operation = operationFailure(message);
  if (operation) return { ...operation, innerCodes: [], statusCode: null, retryAfter: null };
  const statusCode = numberAt(thrown, "statusCode");
  return {
    code: textAt(thrown, "code") ?? textAt(fieldOf(thrown, "cause"), "code"),
    innerCodes: innerCodes(fieldOf(fieldOf(thrown, "details"), "error")),
    statusCode,
    message: /^pagination failed/i.test(message) ? (toldFor(fieldOf(thrown, "request")) ?? message) : message,
    retryAfter: retryAfter(thrown),
  };
}

/**
 * The long-running poller of the SDKs throws a plain Error: code and message stand only in its text, and a cancelled
 * operation has neither. Event Grid's codes are words with spaces between them.
 */
function operationFailure(message: string): { code: string; message: string } | null {
  if (message === "Operation was canceled") {
    return { code: "Canceled", message: "Azure cancelled the operation, usually because a newer one superseded it." };
  }
  const match = /^The long-running operation has failed(?:\. ([\w-]+(?:[ .][\w-]+)*?)\. ([\s\S]*))?$/.exec(message);
  if (!match) return null;
  const code = match[1] === undefined || match[1] === "undefined" ? "OperationFailed" : match[1];
  return { code, message: match[2] ?? "The long-running operation failed, and Azure said no more." };
}

function innerCodes(error: unknown): string[] {
  const details = fieldOf(error, "details");
  const nested = [...(Array.isArray(details) ? details : []), fieldOf(error, "innererror")];
  return nested.flatMap((one) => {
    const code = textAt(one, "code");
    return [...(code === null ? [] : [code]), ...(one === undefined ? [] : innerCodes(one))];
  });
}

/** `retry-after-ms` or `x-ms-retry-after-ms`, or Retry-After in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfter(thrown: unknown): number | null {
  const headers = fieldOf(fieldOf(thrown, "response"), "headers");
  const get = fieldOf(headers, "get");
  if (typeof get !== "function") return null;
  const header = (name: string): string | null => {
    const value: unknown = get.call(headers, name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const milliseconds = header("retry-after-ms") ?? header("x-ms-retry-after-ms");
  if (milliseconds !== null && Number.isFinite(Number(milliseconds))) return Math.max(0, Number(milliseconds));
  const value = header("retry-after");
  if (value === null) return null;
  if (Number.isFinite(Number(value))) return Math.max(0, Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textAt(value: unknown, name: string): string | null {
  const field = fieldOf(value, name);
  return typeof field === "string" && field !== "" ? field : null;
}

function numberAt(value: unknown, name: string): number | null {
  const field = fieldOf(value, name);
  return typeof field === "number" ? field : null;
}
