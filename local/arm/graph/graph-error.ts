import { randomUUID } from "node:crypto";
import type { Answer } from "../requests/arm-request.ts";

/** A refusal of Microsoft Graph, in Graph's envelope. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "GraphError";
    this.status = status;
    this.code = code;
  }

  get answer(): Answer {
    const id = randomUUID();
    const innerError = { date: new Date().toISOString().slice(0, 19), "request-id": id, "client-request-id": id };
    return { status: this.status, body: { error: { code: this.code, message: this.message, innerError } } };
  }
}
