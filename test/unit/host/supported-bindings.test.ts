import { describe, expect, it } from "vitest";
import type { BindingMetadata, FunctionMetadata } from "../../../local/host/core/core-api.ts";
import { AppLoadError, FunctionRegistry } from "../../../local/host/core/function-registry.ts";
import { assertSupported } from "../../../local/host/core/supported-bindings.ts";

const timer: BindingMetadata = { type: "timerTrigger", direction: "in", schedule: "* * * * * *" };

function check(bindings: Record<string, BindingMetadata>, rest: Partial<FunctionMetadata> = {}): void {
  const registry = new FunctionRegistry(() => undefined);
  registry.registerFunction({ name: "mine", bindings, ...rest }, () => undefined);
  registry.list().forEach(assertSupported);
}

describe("a function", () => {
  it("may use the durable client and answer over HTTP, in any case of the letters", () => {
    check({ timer, client: { type: "DurableClient", direction: "in" } });
    check({ http: { type: "HttpTrigger", direction: "in" }, $return: { type: "HTTP", direction: "out" } });
  });

  it.each<[string, Record<string, BindingMetadata>, Partial<FunctionMetadata>]>([
    ['trigger type "blobTrigger"', { blob: { type: "blobTrigger", direction: "in" } }, {}],
    ['output binding type "queue"', { timer, queue: { type: "queue", direction: "out" } }, {}],
    ['input binding type "table"', { timer, table: { type: "table", direction: "in" } }, {}],
    ["retry policy", { timer }, { retryOptions: { maxRetryCount: 1 } }],
  ])("is refused by its name for its %s", (what, bindings, rest) => {
    expect(() => check(bindings, rest)).toThrow(AppLoadError);
    expect(() => check(bindings, rest)).toThrow(/"mine"/);
    expect(() => check(bindings, rest)).toThrow(what);
  });

  it("has one trigger, and a name of its own", () => {
    expect(() => check({})).toThrow("must have one trigger and has 0");
    expect(() => check({ timer, other: timer })).toThrow("must have one trigger and has 2");
    const registry = new FunctionRegistry(() => undefined);
    registry.registerFunction({ name: "mine", bindings: { timer } }, () => undefined);
    expect(() => registry.registerFunction({ name: "MINE", bindings: { timer } }, () => undefined)).toThrow("twice");
  });
});
