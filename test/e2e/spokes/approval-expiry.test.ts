import { expect, test } from "vitest";
import { configuredStack } from "./configured-stack.ts";
import { requestWith } from "./portal.ts";

test("what nobody decides in time is rejected by itself, also when the Functions host dies meanwhile; its addresses are free", async () => {
  const { portal, stop } = await configuredStack({ approval: { required: true, expiresAfter: "PT4S" } });
  try {
    const request = requestWith({ name: "late-a", addressPrefix: "10.40.0.0/22" });
    expect((await portal.call("POST", "/api/spokes", request, "requester")).status).toBe(202);
    await portal.stack.killFunctionsHost();
    const view = await portal.settled("late-a");
    expect(view.status).toBe("Rejected");
    expect(view.error).toMatchObject({ code: "ApprovalExpired" });
    expect(view.approval).toMatchObject({ status: "Expired", decidedBy: null });
    const late = await portal.call("POST", "/api/spokes/late-a/approval", { decision: "approve" }, "approver");
    expect(late.body.errors).toMatchObject([{ code: "ApprovalExpired" }]);
    const next = requestWith({ name: "late-b", addressPrefix: "10.40.0.0/22" });
    expect((await portal.call("POST", "/api/spokes", next, "requester")).status).toBe(202);
    expect((await portal.settled("late-b")).status).toBe("Rejected");
  } finally {
    await stop();
  }
}, 120_000);
