import { afterAll, beforeAll, expect, test } from "vitest";
import { readAppRoles } from "../../../local/arm/seed/app-roles.ts";
import { seedIpamPool } from "../../../local/arm/seed/seed-addresses.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { firstGroup, firstSubscription, platformSubscription } from "../arm/local-azure.ts";
import { storageApi } from "../arm/platform/resources.ts";
import { rolesDir } from "../arm/stored-azure.ts";
import { type AppStage, startAppStage } from "./app-stage.ts";
import { chapterOf, facts, portOf, roleDefinition, type Stage, unseenRows } from "./chapters.ts";
import { machineInterface, spokeResources, stageIds } from "./spoke-of-every-type.ts";
import { makeEventStorage, makeSurroundings } from "./surroundings.ts";

/*
 * The app's managed identity, with exactly the roles that are deployed, makes a spoke of every type; then each action of
 * each role is taken away, and what needs it is told what it lacks; then the spoke is removed.
 */
const roles = readAppRoles(rolesDir);
const actions = roles.flatMap((role) =>
  [...Object.keys(role.actions), ...Object.keys(role.dataActions)].map(
    (action) => [role.roleName, action, role] as const,
  ),
);

let app: AppStage;
let stage: Stage;

beforeAll(async () => {
  app = await startAppStage();
  const { azure, ports } = app;
  const events = roles.find(({ assignAt }) => assignAt.includes("events"));
  if (events === undefined) throw new Error("No role is assigned at the events.");
  await makeEventStorage(azure, events);
  for (const resource of Object.values<DesiredResource>(spokeResources)) {
    const port = portOf(ports, resource);
    await port.write(resource, await port.observe(resource));
    expect((await port.observe(resource))?.body, resource.id).toMatchObject(resource.body);
  }
  const account = await azure.request("GET", `${stageIds.storageId}?api-version=${storageApi}`);
  const { primaryEndpoints } = (account.body as { properties: { primaryEndpoints: { blob: string } } }).properties;
  stage = { ports, around: await makeSurroundings(azure), blobEndpoint: primaryEndpoints.blob };
  await ports.resources[machineInterface.type].write(machineInterface, null);
  await ports.justInTime.write(stage.around.policy);
  expect(await ports.adaptiveNetworkHardening.rulesFor(stage.around.machine.id)).toHaveLength(1);
  expect(await ports.ipamPools.reserve(stage.around.staticCidr, "10.112.0.0/22", "orders")).toBe(true);
}, 120_000);
afterAll(() => app?.stop());

/** Defines a role anew, without an action where one is named. */
async function define(
  { id, roleName, description, actions: all, dataActions }: (typeof roles)[number],
  without?: string,
) {
  const client = app.azure.authorization(platformSubscription).roleDefinitions;
  const standing = await client.getById(`providers/Microsoft.Authorization/roleDefinitions/${id}`);
  const left = (map: object) => Object.keys(map).filter((action) => action !== without);
  await client.createOrUpdate(standing.assignableScopes?.[0]?.slice(1) ?? "", id, {
    roleName,
    description,
    permissions: [{ actions: left(all), notActions: [], dataActions: left(dataActions), notDataActions: [] }],
    assignableScopes: standing.assignableScopes ?? [],
  });
}

test.each(actions)("%s without %s", async (_roleName, action, role) => {
  const chapter = chapterOf(stage, role.roleName, action);
  if (chapter === undefined) throw new Error("Nothing that the app does is known to need it.");
  const before = chapter.kind === "unseen" ? await chapter.rows() : 0;
  await define(role, action);
  try {
    if (chapter.kind === "unseen") {
      expect(before).toBeGreaterThan(0);
      expect(await chapter.rows()).toBe(0);
    } else {
      const error = await chapter.run().then(
        () => "It was done all the same.",
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(RefusedError);
      const { code, message, remedy } = (error as RefusedError).failure;
      if (action in role.dataActions) {
        expect(code).toBe("AuthorizationPermissionMismatch");
        expect(remedy).toMatch(/may read blobs/);
      } else {
        expect(code).toMatch(/^(Linked)?AuthorizationFailed$/);
        // A pattern permits many actions: the refusal names the one that was asked for.
        const missing = action.replace(/^\*/, "").toLowerCase();
        expect(message.toLowerCase()).toMatch(new RegExp(`'[^']*${missing}'`));
        expect(remedy.toLowerCase()).toContain(missing);
      }
    }
  } finally {
    await define(role);
  }
});

test("a role that reads some types only does not let a resource group be removed", async () => {
  const read = roles.find(({ actions: all }) => "*/read" in all);
  if (read === undefined) throw new Error("No role reads everything.");
  const exact = ["Microsoft.Network/*/read", "Microsoft.Resources/*/read", "Microsoft.Authorization/*/read"];
  await define({ ...read, actions: Object.fromEntries(exact.map((action) => [action, "a test"])) });
  const asked = app.ports.occupants.inResourceGroup(spokeResources.group.id);
  await expect(asked).rejects.toMatchObject({ failure: { code: "ResidentsMayBeHidden" } });
  await define(read);
});

test("with all of them the app sees in Resource Graph what it looks for there", async () => {
  for (const [right, rows] of unseenRows(stage)) expect(await rows(), right).toBeGreaterThan(0);
});

test("with all of them the app tells of the spoke's surroundings, and removes it", async () => {
  const { azure, ports } = app;
  const { around } = stage;
  expect(await ports.facts.observeSpokeFacts(facts)).toMatchObject({
    networkWatcherId: spokeResources.watcher.id,
    storageAccount: { id: stageIds.storageId },
    systemTopicId: stageIds.topic,
    subnets: [{ name: "snet-app" }, { name: "snet-gateway" }],
  });
  const residents = await ports.occupants.inResourceGroup(spokeResources.group.id);
  expect(residents).toContain(machineInterface.id);
  expect(await ports.resources[roleDefinition.type].observe(roleDefinition)).toBeNull();
  expect(await ports.ipamPools.usageOf(seedIpamPool.id)).toMatchObject({
    addressPrefixes: seedIpamPool.addressPrefixes,
  });
  expect(await ports.directory.lookUpSecurityGroup(firstGroup)).toMatchObject({ kind: "security-group" });
  await ports.adaptiveNetworkHardening.enforce(around.machine.id, [around.adaptiveRule]);
  expect((await ports.justInTime.observe(firstSubscription)).policies).toHaveLength(1);
  await ports.justInTime.remove(around.policy.id);
  await ports.ipamPools.release(around.staticCidr);
  const { flowLogBlobs } = ports;
  expect(
    await flowLogBlobs.newest({ flowLogId: spokeResources.flowLog.id, blobEndpoint: stage.blobEndpoint }, 0),
  ).toBeNull();

  await azure.network().networkInterfaces.beginDeleteAndWait(stageIds.group, "nic-orders-prod");
  const removable = Object.values<DesiredResource>(spokeResources).filter(
    ({ type }) => !/ipGroups|ruleCollectionGroups|diagnosticSettings|EventGrid|networkWatchers$|Security\//.test(type),
  );
  for (const resource of removable.toReversed()) {
    await portOf(ports, resource).remove(resource.id, resource.body);
    expect(await portOf(ports, resource).observe(resource), resource.id).toBeNull();
  }
});
