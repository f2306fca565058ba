import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";
import { statusesOf } from "./recorded-requests.ts";

const type = "Microsoft.Network/applicationSecurityGroups";

/** As slow as Azure, so that its buckets fill again no faster than there. */
let azure: LocalAzure;
let ports: AzurePorts;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 1 });
  ports = portsFor(azure);
  group = await newResourceGroup(ports);
});
afterAll(() => azure.stop());

/** Calls until the bucket of this kind of call is empty. */
async function empty(method: string): Promise<void> {
  const { resourceGroups } = azure.resources();
  const call = (): Promise<unknown> =>
    method === "GET" ? resourceGroups.get("rg-others") : resourceGroups.createOrUpdate("rg-others", { location: "-" });
  const statusOf = (error: { readonly statusCode?: number }) => error.statusCode;
  for (let emptied = false; !emptied; ) {
    emptied = (await Promise.all(Array.from({ length: 40 }, () => call().catch(statusOf)))).includes(429);
  }
}

test.each([
  ["reads", "GET"],
  ["writes", "PUT"],
])(
  "trap 28: with the bucket of %s empty, work goes on at the pace at which it fills",
  async (name, method) => {
    await empty(method);
    await azure.control("DELETE", "requests");
    const wanted = Array.from({ length: 12 }, (_, index) =>
      desired(type, networkId(group, "applicationSecurityGroups", `asg-${name}-${index}`), { location, tags }),
    );
    const made = wanted.map(async (resource) => {
      await ports.resources[type].observe(resource);
      await ports.resources[type].write(resource, null);
    });
    await Promise.all([empty(method), ...made]);
    const statuses = await statusesOf(azure, method, `/applicationSecurityGroups/asg-${name}`);
    expect(statuses).toContain(429);
    for (const resource of wanted) {
      expect((await ports.resources[type].observe(resource))?.provisioningState).toBe("Succeeded");
    }
  },
  60_000,
);
