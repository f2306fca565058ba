import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { firstGroup, firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { portsFor } from "./ports-under-test.ts";

const clientId = "33333333-3333-3333-3333-333333333333";
const wanted = { clientId, displayName: "Zero Trust spoke orders-prod: MFA", breakGlassGroupId: firstGroup };
const policies = "/v1.0/identity/conditionalAccess/policies";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

test("none covers the application; one is made that only reports, once; an enforced one is told before it", async () => {
  const port = ports.conditionalAccess;
  expect(await port.findMfaPolicy(clientId)).toBeNull();
  const made = await port.ensureMfaPolicy(wanted);
  expect(made).toMatchObject({ displayName: wanted.displayName, reportOnly: true });
  expect(await port.ensureMfaPolicy(wanted)).toEqual(made);
  expect(await port.findMfaPolicy(clientId)).toEqual(made);
  expect(await port.findMfaPolicy(firstSubscription)).toBeNull();

  const { body } = await azure.request("GET", policies);
  const { value } = body as { value: { conditions: object; state: string; grantControls: object }[] };
  expect(value).toHaveLength(1);
  expect(value[0]).toMatchObject({
    state: "enabledForReportingButNotEnforced",
    conditions: {
      applications: { includeApplications: [clientId] },
      users: { includeUsers: ["All"], excludeGroups: [firstGroup] },
    },
    grantControls: { builtInControls: ["mfa"] },
  });

  const enforced = await azure.request("POST", policies, { ...value[0], displayName: "MFA for all", state: "enabled" });
  expect(enforced.status).toBe(201);
  expect(await port.findMfaPolicy(clientId)).toMatchObject({ displayName: "MFA for all", reportOnly: false });
});

test("who may not read policies is told which permission is missing", async () => {
  const stranger = (await azure.control<{ users: { id: string }[] }>("GET", "seed")).users[0]?.id;
  const port = portsFor(azure, { credential: async () => azure.credential(stranger) }).conditionalAccess;
  await expect(port.findMfaPolicy(clientId)).rejects.toMatchObject({
    name: "RefusedError",
    failure: { code: "Authorization_RequestDenied" },
  });
});
