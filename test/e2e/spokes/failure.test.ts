import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { idsOf, Portal, requestWith } from "./portal.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
}, 120_000);

afterAll(() => portal?.stack.stop());

afterEach(() => portal.stack.fetchAzure("/_local/faults", { method: "DELETE" }));

const request = (name: string, third: number) =>
  requestWith({ name, addressPrefix: `10.${third}.0.0/22`, managementAccess: [], outboundAccess: [] }, { flows: [] });

async function fault(kind: string, method: string, pathRegex: string, times = 1): Promise<void> {
  const body = JSON.stringify({ match: { method, pathRegex }, kind, times, retryAfterSeconds: null });
  const answer = await portal.stack.fetchAzure("/_local/faults", {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  expect(answer.status).toBeLessThan(300);
}

describe("what is permanent ends the run with what to do, and the next run finishes the work", () => {
  test.each([
    ["forbidden", "AuthorizationFailed"],
    ["locked", "ScopeLocked"],
  ])("%s", async (kind, code) => {
    const name = `refused-${kind}`;
    const own = request(name, kind === "locked" ? 50 : 51);
    await fault(kind, "PUT", `nsg-${name}-app`, 100);
    expect((await portal.call("POST", "/api/spokes", own)).status).toBe(202);
    const failed = await portal.settled(name);
    expect(failed.status).toBe("Failed");
    expect(failed.error).toMatchObject({ code, resourceId: idsOf(name).nsg("app") });
    expect(failed.error?.remedy.length).toBeGreaterThan(20);
    expect(failed.steps[2]?.status).toBe("Failed");
    expect(failed.steps[3]?.status).toBe("Succeeded");
    expect((await portal.arm("GET", idsOf(name).vnet)).status).toBe(404);

    await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
    await portal.provision(own);
    expect((await portal.arm("GET", idsOf(name).vnet)).body.properties.subnets).toHaveLength(4);
  });
});
