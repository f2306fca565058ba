import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { approvalConfiguration } from "./approval-configuration.ts";
import { Portal, requestWith } from "./portal.ts";

test("what nobody decides in time is rejected by itself, also when the Functions host dies meanwhile; its addresses are free", async () => {
  const folder = mkdtempSync(join(tmpdir(), "approval-"));
  const configurationFile = join(folder, "configuration.json");
  writeFileSync(configurationFile, approvalConfiguration("PT4S"));
  try {
    await using stack = await startStack({ speed: 0, configurationFile });
    const portal = new Portal(stack);
    const request = requestWith({ name: "late-a", addressPrefix: "10.40.0.0/22" });
    expect((await portal.call("POST", "/api/spokes", request, "requester")).status).toBe(202);
    await stack.killFunctionsHost();
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
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
