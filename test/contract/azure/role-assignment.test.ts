import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import { firstGroup, firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, make, newResourceGroup, portsFor, resourceGroupId, tags } from "./ports-under-test.ts";

const type = "Microsoft.Authorization/roleAssignments";
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const roleDefinitionId = `/subscriptions/${firstSubscription}/providers/Microsoft.Authorization/roleDefinitions/${networkContributor}`;

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

function assignment(scope: string, principalId: string, principalType: "Group" | "ServicePrincipal" = "Group") {
  const id = `${scope}/providers/${type}/${randomUUID()}`;
  return desired(type, id, { roleDefinitionId, principalId, principalType });
}

describe("role assignment", () => {
  test("stands as desired under its deterministic name; a second write is the same; it is removed twice", async () => {
    const wanted = assignment(resourceGroupId(await newResourceGroup(ports)), firstGroup);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    await port.write(wanted, null);
    const observed = await port.observe(wanted);
    expect(observed?.id.toLowerCase()).toBe(wanted.id.toLowerCase());
    expect(observed?.body).toEqual(wanted.body);
    await port.remove(wanted.id);
    await port.remove(wanted.id);
    expect(await port.observe(wanted)).toBeNull();
  });

  test("trap 22: the principal's type is sent", async () => {
    const wanted = assignment(resourceGroupId(await newResourceGroup(ports)), firstGroup);
    await ports.resources[type].write(wanted, null);
    const { value } = await azure.control<{ value: { method: string; url: string; body: unknown }[] }>(
      "GET",
      "requests",
    );
    const put = value.find(({ method, url }) => method === "PUT" && url.includes(wanted.id.split("/").at(-1) ?? "-"));
    expect(put?.body).toMatchObject({ properties: { principalType: "Group" } });
  });

  test("trap 22: an equal assignment under another name is adopted, also by a write that comes too late", async () => {
    const scope = resourceGroupId(await newResourceGroup(ports));
    const byHand = assignment(scope, firstGroup);
    await ports.resources[type].write(byHand, null);
    const wanted = assignment(scope, firstGroup);
    const observed = await ports.resources[type].observe(wanted);
    expect(observed?.id.toLowerCase()).toBe(byHand.id.toLowerCase());
    expect(observed?.body).toEqual(wanted.body);
    await ports.resources[type].write(wanted, null);
    expect((await ports.resources[type].observe(wanted))?.id.toLowerCase()).toBe(byHand.id.toLowerCase());
  });

  test("an equal assignment under another name, once adopted, goes with its removal, and nothing else does", async () => {
    const scope = resourceGroupId(await newResourceGroup(ports));
    const port = ports.resources[type];
    const byHand = assignment(scope, firstGroup);
    const ofOther = assignment(scope, "22222222-2222-2222-2222-000000000002");
    await port.write(byHand, null);
    await port.write(ofOther, null);
    const wanted = assignment(scope, firstGroup);
    await port.write(wanted, await port.observe(wanted));
    await port.remove(wanted.id, wanted.body);
    expect(await port.observe(wanted)).toBeNull();
    expect(await port.observe(byHand)).toBeNull();
    expect((await port.observe(ofOther))?.id.toLowerCase()).toBe(ofOther.id.toLowerCase());
    await port.remove(wanted.id, wanted.body);
  });

  test("an assignment of the same principal on the subscription is not the one on the resource group", async () => {
    const onSubscription = assignment(`/subscriptions/${firstSubscription}`, firstGroup);
    await ports.resources[type].write(onSubscription, null);
    const wanted = assignment(resourceGroupId(await newResourceGroup(ports)), firstGroup);
    expect(await ports.resources[type].observe(wanted)).toBeNull();
    await ports.resources[type].remove(onSubscription.id);
  });

  test("trap 22: a principal that Entra does not know everywhere yet is asked again, for a bounded time", async () => {
    let waits = 0;
    const counting = portsFor(azure, {
      settling: 5_000,
      now: () => waits * 1_000,
      sleep: async () => {
        waits += 1;
      },
    });
    const wanted = assignment(resourceGroupId(await newResourceGroup(ports)), randomUUID());
    const failure = await counting.resources[type].write(wanted, null).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RefusedError);
    expect((failure as RefusedError).failure).toMatchObject({ code: "PrincipalNotFound", resourceId: wanted.id });
    expect(waits).toBeGreaterThan(2);
  });

  test("an identity is named by its id, and found again when it was made anew under its name", async () => {
    const group = await newResourceGroup(ports);
    const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
    const identity = `${resourceGroupId(group)}/providers/${identityType}/id-orders-flowlog`;
    const wanted = assignment(resourceGroupId(group), identity, "ServicePrincipal");
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await make(ports, identityType, identity, { location, tags });
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(wanted.body);

    await ports.resources[identityType].remove(identity);
    await make(ports, identityType, identity, { location, tags });
    expect((await port.observe(wanted))?.body).not.toEqual(wanted.body);
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(wanted.body);
  });
});
