import { expect, test } from "vitest";
import { writeRequests } from "../../../local/demo/write-requests.ts";

const call = (method: string, url: string) => ({ time: "", method, url, caller: "", action: "", status: 200 });

test.each([
  ["PUT", "/subscriptions/s/resourceGroups/rg?api-version=1", true],
  ["PATCH", "/subscriptions/s/resourceGroups/rg", true],
  ["DELETE", "/subscriptions/s/resourceGroups/rg", true],
  ["POST", "/subscriptions/s/providers/Microsoft.Network/register?api-version=1", true],
  ["POST", "/subscriptions/s/x/jitNetworkAccessPolicies/p/initiate", true],
  ["GET", "/subscriptions/s/resourceGroups", false],
  ["HEAD", "/subscriptions/s/resourceGroups/rg", false],
  ["POST", "/subscriptions/s/x/ipamPools/p/getPoolUsage?api-version=1", false],
  ["POST", "/providers/Microsoft.ResourceGraph/resources?api-version=1", false],
  ["POST", "/v1.0/directoryObjects/getByIds", false],
  ["POST", "/adfs/oauth2/v2.0/token", false],
  ["POST", "/subscriptions/s/x/storageAccounts/a/listKeys?api-version=1", false],
])("%s %s is a write: %s", (method, url, expected) => {
  expect(writeRequests([call(method, url)])).toHaveLength(expected ? 1 : 0);
});
