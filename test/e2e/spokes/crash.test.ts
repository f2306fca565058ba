import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, idsOf, Portal } from "./portal.ts";

/** A spoke takes about three seconds at this speed: kills at these moments meet planning, waves, and the end. */
const moments = [150, 500, 1_000, 1_700, 2_600];

test("kill -9 of the Functions host again and again: the spoke completes, and nothing is created twice", async () => {
  await using stack = await startStack({ speed: 60 });
  const portal = new Portal(stack);
  expect((await portal.call("POST", "/api/spokes", contractRequest)).status).toBe(202);
  for (const moment of moments) {
    await sleep(moment);
    await stack.killFunctionsHost();
  }
  const view = await portal.settled("orders-prod", 90);
  expect(view.error).toBeNull();
  expect(view.status).toBe("Succeeded");

  // What the record calls done is done in Azure too: no operation is still at work.
  for (const { id, type } of view.resources.filter((resource) =>
    /^Microsoft.Network\/(?!privateDnsZones)/.test(resource.type),
  )) {
    const { body } = await portal.arm("GET", id);
    expect(body.properties.provisioningState, type).toBe("Succeeded");
  }

  const requests = await stack.azure.recordedRequests();
  const created = requests
    .filter((request) => request.method === "PUT" && request.status === 201)
    .map((request) => new URL(request.url, "https://azure").pathname.toLowerCase());
  expect(created.length).toBeGreaterThan(10);
  expect(created.filter((path, index) => created.indexOf(path) !== index)).toEqual([]);

  await portal.writesOfApp();
  await portal.provision(contractRequest, "PUT");
  expect(await portal.writesOfApp()).toEqual([]);
  expect((await portal.arm("GET", idsOf("orders-prod").vnet)).body.properties.subnets).toHaveLength(4);
}, 180_000);
