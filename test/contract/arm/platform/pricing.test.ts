import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  appPrincipal,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../local-azure.ts";
import { codeOf, type Document } from "./resources.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure.stop());

const call = (method: string, name: string, properties?: unknown, subscription = firstSubscription) =>
  azure.request(
    method,
    `/subscriptions/${subscription}/providers/Microsoft.Security/pricings${name}?api-version=2022-03-01`,
    properties === undefined ? undefined : { properties },
  );

describe("a Defender plan", () => {
  test("stands as Free from the beginning, and every plan is listed", async () => {
    const read = await call("GET", "/cloudPosture");
    expect(read.body).toMatchObject({
      name: "CloudPosture",
      type: "Microsoft.Security/pricings",
      properties: { pricingTier: "Free", freeTrialRemainingTime: "PT0S" },
    });
    const { value } = (await call("GET", "")).body as { value: Document[] };
    const names = value.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["VirtualMachines", "StorageAccounts", "KeyVaults", "Arm", "AI"]));
    expect(value.find(({ name }) => name === "Dns")?.properties).toMatchObject({ deprecated: true });
  });

  test("is switched on with a sub-plan, in its subscription only, and off again", async () => {
    const on = await call("PUT", "/VirtualMachines", { pricingTier: "Standard", subPlan: "P1" });
    expect([on.status, on.body]).toMatchObject([200, { properties: { pricingTier: "Standard", subPlan: "P1" } }]);
    const read = (await call("GET", "/VirtualMachines")).body as Document;
    expect(read.properties).toMatchObject({ pricingTier: "Standard", subPlan: "P1", freeTrialRemainingTime: "PT0S" });
    const elsewhere = (await call("GET", "/VirtualMachines", undefined, platformSubscription)).body as Document;
    expect(elsewhere.properties.pricingTier).toBe("Free");
    const again = (await call("PUT", "/VirtualMachines", { pricingTier: "Standard" })).body as Document;
    expect(again.properties).toMatchObject({ subPlan: "P2", enablementTime: read.properties.enablementTime });
    const off = (await call("PUT", "/VirtualMachines", { pricingTier: "Free" })).body as Document;
    expect(off.properties.pricingTier).toBe("Free");
    expect(off.properties.subPlan).toBeUndefined();
  });

  test.each([
    ["no tier", "/Arm", {}, 400],
    ["an unknown tier", "/Arm", { pricingTier: "Gold" }, 400],
    ["an unknown sub-plan", "/VirtualMachines", { pricingTier: "Standard", subPlan: "P9" }, 400],
    ["an unknown plan", "/Toasters", { pricingTier: "Standard" }, 400],
    ["an unknown property", "/Arm", { pricingTier: "Free", colour: "blue" }, 400],
    ["extensions", "/CloudPosture", { pricingTier: "Standard", extensions: [] }, 501],
  ])("is refused with %s", async (_what, name, properties, status) => {
    expect((await call("PUT", name, properties)).status).toBe(status);
  });

  test("is neither unknown nor deleted, nor written by who may not", async () => {
    const unknown = await call("GET", "/Toasters");
    expect([unknown.status, codeOf(unknown.body)]).toEqual([404, "ResourceNotFound"]);
    expect((await call("DELETE", "/Arm")).status).toBe(405);
    const path = `/subscriptions/${platformSubscription}/providers/Microsoft.Security/pricings/Arm?api-version=2022-03-01`;
    const answer = await azure.request("PUT", path, { properties: { pricingTier: "Free" } }, { as: appPrincipal });
    expect(answer.status).toBe(403);
  });
});
