import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure.stop());

describe("resource groups and one network type through the SDK clients", () => {
  it("creates, reads, lists, tags and deletes", async () => {
    const resources = azure.resources();
    const network = azure.network();
    const group = await resources.resourceGroups.createOrUpdate("rg-slice", {
      location: "West Europe",
      tags: { a: "1" },
    });
    expect(group).toMatchObject({
      id: `/subscriptions/${firstSubscription}/resourceGroups/rg-slice`,
      location: "westeurope",
    });
    const asg = await network.applicationSecurityGroups.createOrUpdate("rg-slice", "asg-app", {
      location: "westeurope",
    });
    expect(asg).toMatchObject({ name: "asg-app", provisioningState: "Succeeded" });
    expect(asg.etag).toMatch(/^W\/"[0-9a-f-]{36}"$/);
    const again = await network.applicationSecurityGroups.get("RG-SLICE", "ASG-APP");
    expect(again.id).toBe(asg.id);
    const tagged = await network.applicationSecurityGroups.updateTags("rg-slice", "asg-app", { tags: { owner: "me" } });
    expect(tagged.tags).toEqual({ owner: "me" });
    const names: (string | undefined)[] = [];
    for await (const each of network.applicationSecurityGroups.listAll()) names.push(each.name);
    expect(names).toEqual(["asg-app"]);
    await network.applicationSecurityGroups.delete("rg-slice", "asg-app");
    await expect(network.applicationSecurityGroups.get("rg-slice", "asg-app")).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
    await resources.resourceGroups.delete("rg-slice");
    await expect(resources.resourceGroups.get("rg-slice")).rejects.toMatchObject({ code: "ResourceGroupNotFound" });
  });
});
