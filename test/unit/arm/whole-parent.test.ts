import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmError } from "../../../local/arm/arm-error.ts";
import type { ResourceType } from "../../../local/arm/resource-type.ts";
import { group, type SmallAzure, smallAzure } from "./small-azure.ts";

const common = { scope: "resourceGroup", apiVersions: ["2025-01-01"] } as const;
const hours = { create: 3_600, update: 3_600 };

/** A widget that needs a part named "keystone" as soon as it has parts. */
const arch: ResourceType = {
  ...common,
  type: "Contoso.Widgets/arches",
  location: "required",
  put: {
    operationName: "PutArchOperation",
    longRunning: "azure-async-operation",
    seconds: hours,
    prepare: (_context, body) => body,
    checkWhole: ({ id, existing }, merged) => {
      if (existing?.id !== id.id && existing !== undefined) throw new Error("checked against another resource");
      const stones = (merged.properties.stones ?? []) as { name: string }[];
      if (stones.length > 0 && !stones.some(({ name }) => name === "keystone")) {
        throw new ArmError(400, "NoKeystone", `The arch ${id.id} needs its keystone.`);
      }
    },
  },
};
const stone: ResourceType = {
  ...common,
  type: "Contoso.Widgets/arches/stones",
  inline: { property: "stones", whenAbsent: "remove" },
  put: { operationName: "PutStoneOperation", longRunning: "azure-async-operation", prepare: (_context, body) => body },
  remove: { longRunning: "location" },
};
const path = `${group}/providers/Contoso.Widgets/arches/a`;
const stones = (...names: string[]) => ({
  location: "westeurope",
  properties: { stones: names.map((name) => ({ name, properties: {} })) },
});

describe("a parent with inline children", () => {
  let azure: SmallAzure;
  beforeEach(() => {
    azure = smallAzure([arch, stone]);
  });
  afterEach(() => azure.close());

  it("is checked whole where one of them is deleted alone", () => {
    azure.call("PUT", path, stones("keystone", "left"));
    const refused = azure.call("DELETE", `${path}/stones/keystone`);
    expect([refused.status, refused.body]).toMatchObject([400, { error: { code: "NoKeystone" } }]);
    expect(azure.call("GET", `${path}/stones/keystone`).status).toBe(200);
    expect(azure.call("DELETE", `${path}/stones/left`).status).toBe(202);
    expect(azure.call("DELETE", `${path}/stones/keystone`).status).toBe(202);
  });

  it("is written once, however many of them its operation ends", () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);
    let writes = 0;
    const { resources } = azure.engine;
    const put = resources.put.bind(resources);
    resources.put = (resource) => {
      writes += 1;
      put(resource);
    };
    azure.call("PUT", path, stones("keystone", ...names));
    expect(azure.call("GET", `${path}/stones/s49`).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
    // Accepted, and ended.
    expect(writes).toBe(2);
  });
});
