import { expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import type { Role } from "../../../functions/http/caller.ts";
import { previewSpoke } from "../../../functions/http/preview-spoke.ts";
import type { Asked } from "../../../functions/http/route.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import type { SpokeStatus } from "../../../shared/domain/spoke-record.ts";
import { contractRequest, stateOf } from "../spoke/example.ts";

const { request, configuration } = stateOf(contractRequest).design;

/** Previews the contract's request under a name whose spoke was somebody else's, standalone; null: Azure was asked. */
async function previewed(status: SpokeStatus, settings: Partial<PlatformConfiguration> = {}, role: Role = "Request") {
  const record = {
    name: request.name,
    request: { ...request, topology: "standalone" },
    requester: { objectId: "somebody-else", name: "-" },
    status,
    addressPrefix: "10.99.0.0/22",
    resources: [],
  };
  const asksAzure = new Error("Azure is asked");
  const compose = {
    configuration: async () => ({ ...configuration, ...settings }),
    spokes: async () => ({ readRecord: async () => ({ value: record, etag: "1" }) }),
    azureForCallers: async () => {
      throw asksAzure;
    },
  } as unknown as Composition;
  const asked = {
    request: new Request("https://app/api/spokes/plan", { method: "POST", body: JSON.stringify(contractRequest) }),
    caller: { objectId: "me", name: "Me", roles: new Set<Role>(["Request", role]), groups: new Set<string>() },
  } as unknown as Asked;
  const thrown = await previewSpoke(compose)
    .handle(asked)
    .catch((error: unknown) => error);
  return thrown === asksAzure ? null : thrown;
}

test("the name of a spoke that stands is previewed for its owner only", async () => {
  expect(await previewed("Succeeded")).toMatchObject({ status: 409, errors: [{ code: "NameTaken" }] });
});

test("a spoke that was removed leaves its name, also for a preview: to anybody, and of another kind", async () => {
  expect(await previewed("Removed")).toBe(null);
  expect(await previewed("Removed", {}, "Operate")).toBe(null);
});

test("the access bindings hold for the name of a spoke that was removed, as for any new one", async () => {
  const refused = await previewed("Removed", { accessBindings: [] }, "Operate");
  expect(refused).toMatchObject({ status: 403, errors: [{ code: "SubscriptionNotYours" }] });
});
