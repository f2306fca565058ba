import { redacted } from "../../shared/domain/redacted.ts";

/**
 * Takes the secrets out of an error that leaves the app: what a function throws reaches the host's own log and the
 * history of Durable Functions, past the hook that every line of the log goes through. Source: the Node worker hands
 * message and stack of the error to the host (RpcException).
 */
export function redactError(error: unknown): void {
  if (!(error instanceof Error)) return;
  for (const part of ["message", "stack"] as const) {
    const said = error[part];
    // Defined anew: a DOMException, as a request that is aborted throws, has them to read only.
    const value = typeof said === "string" ? redacted(said) : said;
    if (value !== said) Reflect.defineProperty(error, part, { value, configurable: true, writable: true });
  }
}
