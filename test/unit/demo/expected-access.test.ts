import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDemoRequest } from "../../../local/demo/demo-request.ts";
import { expectedAccess } from "../../../local/demo/expected-access.ts";

const sample = new URL("../../../platform-configuration.sample.json", import.meta.url);
const expected = expectedAccess(readDemoRequest().request, JSON.parse(readFileSync(sample, "utf8")));

test("gateway, firewall, private names, Defender's plans, the events and the alert are read", () => {
  expect(expected.map(({ what }) => what)).toEqual([
    "application gateway agw-orders-prod",
    "firewall policy waf-orders-prod",
    "private DNS link link-orders-prod",
    "Defender plan VirtualMachines",
    "Defender plan KeyVaults",
    "Defender plan Arm",
    "Event Grid topic of the subscription",
    "event subscription zero-trust-network-changes",
    "alert alert-orders-prod-nsg",
  ]);
});

test("a firewall that only detects, and a gateway that speaks HTTP, are told", () => {
  const firewall = expected[1]?.problems({ properties: { policySettings: { mode: "Detection", state: "Enabled" } } });
  expect(firewall).toHaveLength(1);
  const listener = { properties: { protocol: "Http" } };
  const gateway = expected[0]?.problems({ properties: { httpListeners: [listener], operationalState: "Running" } });
  expect(gateway?.join()).toContain("protocols");
});
