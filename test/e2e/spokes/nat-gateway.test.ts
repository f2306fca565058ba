import { afterAll, beforeAll, expect, test } from "vitest";
import { configuredStack } from "./configured-stack.ts";
import { idsOf, requestWith } from "./portal.ts";

let run: Awaited<ReturnType<typeof configuredStack>>;

beforeAll(async () => {
  run = await configuredStack({ standaloneNatGateway: true });
}, 120_000);

afterAll(() => run?.stop());

test("a standalone spoke whose platform gives a NAT gateway: each tier gets out through it; with the spoke it goes", async () => {
  const name = "leaves-a";
  const request = requestWith(
    { name, topology: "standalone", addressPrefix: "10.71.0.0/22", managementAccess: [], outboundAccess: [] },
    { flows: [], hostName: undefined, certificateSecretId: undefined },
  );
  const view = await run.portal.provision(request);
  expect(view.findings.map(({ code }) => code)).not.toContain("NoWayOut");
  const network = await run.portal.arm("GET", idsOf(name).vnet);
  const gateway = idsOf(name).vnet.replace(`virtualNetworks/vnet-${name}`, `natGateways/nat-${name}`);
  const subnets: { name: string; properties: { natGateway?: { id: string } } }[] = network.body.properties.subnets;
  const tiers = subnets.filter(({ name }) => name !== "snet-gateway");
  expect(tiers.length).toBeGreaterThan(0);
  expect(tiers.filter(({ properties }) => properties.natGateway?.id !== gateway)).toEqual([]);
  const { body } = await run.portal.arm("GET", gateway);
  expect(body.properties.publicIpAddresses).toHaveLength(1);
  expect(body.properties.subnets).toHaveLength(tiers.length);

  await run.portal.writesOfApp();
  await run.portal.provision(request, "PUT");
  expect(await run.portal.writesOfApp()).toEqual([]);

  expect((await run.portal.call("DELETE", `/api/spokes/${name}`)).status).toBe(202);
  expect(await run.portal.settled(name)).toMatchObject({ status: "Removed", error: null });
  expect((await run.portal.arm("GET", gateway)).status).toBe(404);
}, 120_000);
