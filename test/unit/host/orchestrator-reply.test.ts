import { describe, expect, it } from "vitest";
import { parseFailure, parseReply, ReplyError } from "../../../local/host/durable/orchestrator-reply.ts";

const reply = { isDone: false, actions: [[{ actionType: 0 }]], schemaVersion: 2 };

describe("the answer of an orchestrator", () => {
  it("is read from what it returned", () => {
    expect(parseReply({ json: JSON.stringify(reply) })).toMatchObject({ isDone: false, actions: [{ actionType: 0 }] });
  });

  it("is read from what it threw", () => {
    const thrown = new Error(
      `false\n\n$OutOfProcData$:${JSON.stringify({ ...reply, error: "why $OutOfProcData$: not" })}`,
    );
    expect(parseFailure(thrown)).toMatchObject({ error: "why $OutOfProcData$: not", actions: [{ actionType: 0 }] });
  });

  it("is a failure also without a message", () => {
    const thrown = new Error(`false\n\n$OutOfProcData$:${JSON.stringify(reply)}`);
    expect(parseFailure(thrown).error).not.toBe("");
  });

  it("that was never given is the error itself", () => {
    expect(() => parseFailure(new Error("no binding"))).toThrow(new ReplyError("no binding"));
    expect(() => parseFailure("text")).toThrow(new ReplyError("text"));
  });

  it.each([
    [undefined],
    [{ json: "null" }],
    [{ string: "not JSON" }],
    [{ json: JSON.stringify({ ...reply, schemaVersion: 0 }) }],
    [{ json: JSON.stringify({ ...reply, actions: [[], []] }) }],
    [{ json: JSON.stringify({ ...reply, actions: null }) }],
  ])("%j is refused", (value) => {
    expect(() => parseReply(value)).toThrow(ReplyError);
  });
});
