import { expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import { requestSpoke } from "../../../functions/http/request-spoke.ts";
import type { Asked } from "../../../functions/http/route.ts";
import type { SpokeRecord, SpokeStatus } from "../../../shared/domain/spoke-record.ts";
import { StaleStateError } from "../../../shared/state/blob-state.ts";
import { contractRequest, stateOf } from "../spoke/example.ts";

const { request, configuration } = stateOf(contractRequest).design;

/** Asks again for the spoke of a record; a faster request makes `next` of it before this one writes. */
async function askedAgain(status: SpokeStatus, next: SpokeStatus = status) {
  const record = { name: request.name, request, status, addressPrefix: "10.20.0.0/22", resources: [] };
  let present = { ...record, requester: { objectId: "me", name: "Me" }, revision: 1, tierSlots: {} };
  const compose = {
    configuration: async () => configuration,
    now: () => "2026-01-01T00:00:00.000Z",
    spokes: async () => ({
      readRecord: async () => ({ value: present as unknown as SpokeRecord, etag: "1" }),
      writeRecord: async () => {
        present = { ...present, status: next };
        throw new StaleStateError("written meanwhile");
      },
    }),
    leases: async () => ({ take: async () => ({ ok: true, prefix: record.addressPrefix }), settle: async () => true }),
    azureForCallers: async () => ({ directory: { lookUpSecurityGroup: async () => ({ kind: "security-group" }) } }),
  } as unknown as Composition;
  const asked = {
    request: new Request("https://app/api/spokes", { method: "POST", body: JSON.stringify(contractRequest) }),
    caller: { objectId: "me", name: "Me", roles: new Set(["Request"]), groups: new Set() },
  } as unknown as Asked;
  return requestSpoke(compose)
    .handle(asked)
    .catch((error: unknown) => error);
}

const atWork = { status: 409, errors: [{ code: "RunAtWork" }] };

test("a spoke that is being removed is not asked for: nobody would make it afterwards", async () => {
  expect(await askedAgain("Removing")).toMatchObject(atWork);
});

test("nor one whose removal was asked for a moment earlier", async () => {
  expect(await askedAgain("Failed", "Removing")).toMatchObject(atWork);
});
