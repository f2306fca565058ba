import type { Readable } from "node:stream";
import { z } from "zod";

/** A call of the control plane. */
export interface ControlCall {
  readonly method: string;
  /** What follows `/_local/`. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** The answer of a control plane call. */
export interface ControlAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly stream?: Readable;
}

/** Checks an order and carries it out: 204. */
export function ordered<O>(schema: z.ZodType<O>, text: string, carryOut: (order: O) => unknown): ControlAnswer {
  const parsed = schema.safeParse(json(text));
  if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
  carryOut(parsed.data);
  return { status: 204 };
}

/** The JSON of a text; undefined where it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A refusal in the control plane's own words. */
export function refusal(status: number, message: string): ControlAnswer {
  return { status, body: { error: { code: "LocalAzure", message } } };
}
