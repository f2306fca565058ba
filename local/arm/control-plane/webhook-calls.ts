import { z } from "zod";
import type { ReceivedWebhooks } from "../records/received-webhooks.ts";
import { type ControlAnswer, type ControlCall, json, refusal } from "./control-answer.ts";

const behaviourOrder = z.strictObject({
  /** The one webhook that behaves so; every one where it is absent. */
  name: z.string().optional(),
  status: z.int().min(200).max(599),
  /** Calls that are answered so; all to come where it is absent. */
  times: z.int().positive().optional(),
});

/** Webhooks that take any JSON, for what the product tells the world. */
export class Webhooks {
  readonly #received: ReceivedWebhooks;
  #behaviour: z.infer<typeof behaviourOrder> | undefined;

  constructor(received: ReceivedWebhooks) {
    this.#received = received;
  }

  /** Answers `/_local/webhooks…`; undefined where the call is none of these. */
  answer(call: ControlCall): ControlAnswer | undefined {
    if (call.name === "webhooks-behaviour") return this.#order(call);
    const [, name] = /^webhooks(?:\/([a-z0-9-]{1,64}))?$/.exec(call.name) ?? [];
    if (name === undefined && call.name !== "webhooks") return undefined;
    switch (call.method) {
      case "POST":
        return name === undefined
          ? refusal(400, "Name the webhook: /_local/webhooks/{name}.")
          : this.#receive(name, call);
      case "GET":
        return { status: 200, body: { value: this.#received.list(name) } };
      case "DELETE":
        this.#received.clear(name);
        return { status: 204 };
      default:
        return undefined;
    }
  }

  clear(): void {
    this.#behaviour = undefined;
    this.#received.clear();
  }

  #receive(name: string, { headers, text }: ControlCall): ControlAnswer {
    const body = json(text);
    if (body === undefined) return refusal(400, "The body is not JSON.");
    this.#received.add({ time: new Date().toISOString(), name, headers, body });
    return { status: this.#statusFor(name) };
  }

  #statusFor(name: string): number {
    const ordered = this.#behaviour;
    if (ordered === undefined || (ordered.name !== undefined && ordered.name !== name)) return 200;
    if (ordered.times !== undefined) {
      this.#behaviour = ordered.times > 1 ? { ...ordered, times: ordered.times - 1 } : undefined;
    }
    return ordered.status;
  }

  #order({ method, text }: ControlCall): ControlAnswer | undefined {
    if (method === "DELETE") {
      this.#behaviour = undefined;
      return { status: 204 };
    }
    if (method !== "POST") return undefined;
    const parsed = behaviourOrder.safeParse(json(text));
    if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
    this.#behaviour = parsed.data;
    return { status: 201, body: parsed.data };
  }
}
