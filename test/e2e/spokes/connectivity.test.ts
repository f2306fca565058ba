import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, idsOf, Portal } from "./portal.ts";

let portal: Portal;
const { vnet, nsg, nic, asg } = idsOf("orders-prod");
const path = "/api/spokes/orders-prod/connectivity";

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

const connectivity = async () => {
  const answer = await portal.call("GET", path, undefined, "reader");
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

/** What a test breaks by hand, another run mends. */
const mend = () => portal.provision(contractRequest, "PUT");

function byHand(sourceAddressPrefix: string) {
  const properties = {
    ...{ priority: 100, direction: "Inbound", access: "Allow", protocol: "Tcp", sourceAddressPrefix },
    ...{ sourcePortRange: "*", destinationAddressPrefix: "*", destinationPortRange: "1433" },
  };
  return (group: { properties: { securityRules: object[] } }) => {
    group.properties.securityRules.push({ name: "by-hand", properties });
  };
}

const picture = async () => {
  const answer = await portal.call("GET", "/api/spokes/orders-prod/topology.svg", undefined, "reader");
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
};

test("the picture of a proven spoke: an SVG that can load and run nothing", async () => {
  const { headers, body } = await picture();
  expect(headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(body).toMatch(/^<svg /);
  expect(body).toContain("Proven:");
  expect(body).toContain("Tier front");
});

test("what was provisioned is proven, and nothing is written to say so", async () => {
  await portal.writesOfApp();
  const answer = await connectivity();
  expect(answer).toMatchObject({ name: "orders-prod", status: "Proven", counterexamples: [], findings: [] });
  expect(Object.keys(answer).slice(0, 4)).toEqual(["name", "observedAt", "status", "flows"]);
  expect(answer.assumptions.length).toBeGreaterThan(0);
  const flow = answer.flows.find(
    (one: { from: string; to: string }) => one.from === "tier app" && one.to === "tier data",
  );
  expect(flow).toMatchObject({
    passes: true,
    ports: "1433",
    deciding: [
      { networkSecurityGroup: nsg("app"), direction: "Outbound", rule: "Allow-App-Tier-to-SQL-VMs-Outbound" },
      { networkSecurityGroup: nsg("data"), direction: "Inbound", rule: "Allow-App-Tier-to-SQL-VMs-Inbound" },
    ],
  });
  expect(await portal.writesOfApp()).toEqual([]);
});

test("a rule opened to the Internet by hand is a counterexample in words, until a run mends it", async () => {
  await portal.edit(nsg("data"), byHand("Internet"));
  const { status, counterexamples } = await connectivity();
  expect(status).toBe("Refuted");
  const found = counterexamples.find(({ from }: { from: string }) => from === "Internet");
  expect(found).toMatchObject({ networkSecurityGroup: nsg("data"), rule: "by-hand", passes: true });
  expect(found.words).toMatch(/^Tcp from Internet .* to tier data \(.*:1433\) passes and is not meant to/);
  expect((await picture()).body).toContain(">e.g. Tcp 1433<");
  await mend();
  expect((await connectivity()).status).toBe("Proven");
}, 60_000);

test("an NSG that was detached from its subnet", async () => {
  await portal.edit(`${vnet}/subnets/snet-app`, (subnet: { properties: { networkSecurityGroup?: object } }) => {
    delete subnet.properties.networkSecurityGroup;
  });
  const { status, findings, counterexamples } = await connectivity();
  expect(status).toBe("Refuted");
  expect(findings).toMatchObject([{ code: "NetworkSecurityGroupDetached", resourceId: `${vnet}/subnets/snet-app` }]);
  expect(counterexamples[0]).toMatchObject({ networkSecurityGroup: null, passes: true });
  await mend();
}, 60_000);

test("an IPv6 rule is not passed over in silence", async () => {
  await portal.edit(nsg("data"), byHand("2001:db8::/32"));
  const { status, findings } = await connectivity();
  expect(status).toBe("Unknown");
  expect(findings).toMatchObject([{ code: "Ipv6NotModelled", resourceId: nsg("data") }]);
  await mend();
}, 60_000);

test("a machine of the front tier in the ASG of the data tier", async () => {
  const properties = {
    subnet: { id: `${vnet}/subnets/snet-front` },
    applicationSecurityGroups: [{ id: asg("data") }],
    privateIPAllocationMethod: "Dynamic",
  };
  const body = { location: "westeurope", properties: { ipConfigurations: [{ name: "ip", properties }] } };
  expect((await portal.arm("PUT", nic("nic-stranger"), body)).status).toBeLessThan(300);
  const { status, findings } = await connectivity();
  expect(status).toBe("Refuted");
  expect(findings).toMatchObject([{ code: "InterfaceInOtherTiersGroup", resourceId: nic("nic-stranger") }]);
  await portal.arm("DELETE", nic("nic-stranger"));
}, 60_000);

test("what Azure does not let the tool read is an error, never an answer", async () => {
  const match = { method: "GET", pathRegex: "networkSecurityGroups/nsg-orders-prod-data" };
  const body = JSON.stringify({ match, kind: "forbidden", times: 1000, retryAfterSeconds: null });
  const headers = { "content-type": "application/json" };
  await portal.stack.fetchAzure("/_local/faults", { method: "POST", body, headers });
  const answers = [
    await portal.call("GET", path),
    await portal.call("GET", path.replace("connectivity", "topology.svg")),
  ];
  await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
  for (const { status, body: problem } of answers) {
    expect(status).toBe(502);
    expect(problem.errors).toMatchObject([{ code: "AuthorizationFailed" }]);
  }
  expect((await connectivity()).status).toBe("Proven");
}, 90_000);

test("unknown, and what can be no name: 404", async () => {
  for (const name of ["unknown-a", "A", "plan"]) {
    for (const what of ["connectivity", "topology.svg"]) {
      expect((await portal.call("GET", `/api/spokes/${name}/${what}`)).status, name).toBe(404);
    }
  }
});

test("a spoke that was removed is not built", async () => {
  expect((await portal.call("DELETE", "/api/spokes/orders-prod")).status).toBe(202);
  expect((await portal.settled("orders-prod")).status).toBe("Removed");
  const { status, flows } = await connectivity();
  expect(status).toBe("NotBuilt");
  expect(flows.length).toBeGreaterThan(5);
  expect((await picture()).body).toContain("Not built");
}, 60_000);
