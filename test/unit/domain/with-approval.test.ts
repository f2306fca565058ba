import { expect, test } from "vitest";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { withApproval } from "../../../shared/domain/with-approval.ts";
import { withoutUnapproved } from "../../../shared/domain/without-unapproved.ts";
import { requestWith, stateOf } from "../spoke/example.ts";

const good = stateOf(requestWith({})).design.request;
const other = { ...good, tags: { owner: "others" } };
const resource = {
  id: "/subscriptions/s/resourceGroups/rg",
  type: "Microsoft.Resources/resourceGroups",
  ownership: "owned",
  steps: [2],
  dependsOn: [],
} as const;
const asked = { required: true, requestedBy: { objectId: "o", name: "n" }, now: "2026-01-01T00:00:00.000Z" };

const record = (changes: Partial<SpokeRecord> = {}): SpokeRecord => ({
  version: 1,
  name: "orders-prod",
  request: good,
  requester: { objectId: "o", name: "n" },
  status: "Accepted",
  revision: 1,
  addressPrefix: "10.20.0.0/22",
  tierSlots: { front: 0 },
  resources: [],
  findings: [],
  error: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  ...changes,
});

const pending = withApproval(record(), null, asked);
const approval = { ...(pending.approval ?? expect.fail()), status: "Approved" as const };
const standing = record({ status: "Succeeded", resources: [resource], approval, approved: approval });
const next = (changes: Partial<SpokeRecord>) => withApproval({ ...standing, revision: 2, ...changes }, standing, asked);

test("a first request waits, and where approval is not required it does not", () => {
  expect(pending.approval).toMatchObject({
    revision: 1,
    status: "Pending",
    expiresAt: null,
    requestedBy: { name: "n" },
  });
  expect(pending.replaced).toBeUndefined();
  expect(withApproval(record(), null, { ...asked, required: false }).approval).toBeUndefined();
});

test("what was approved runs again without: the same request on the same addresses, and nothing else", () => {
  expect(next({}).approval).toBe(approval);
  expect(next({ request: other }).approval).toMatchObject({ revision: 2, status: "Pending", request: other });
  expect(next({ addressPrefix: "10.24.0.0/22" }).approval).toMatchObject({ revision: 2, status: "Pending" });
});

test("what ran before approval was required was approved by nobody", () => {
  const never = record({ status: "Succeeded", resources: [resource] });
  expect(withApproval({ ...never, revision: 2 }, never, asked).approval).toMatchObject({ status: "Pending" });
});

test("a change that ends without approval gives a spoke that stands its request back, tiers included", () => {
  const changed = next({ request: other, tierSlots: { front: 0, web: 1 } });
  expect(withoutUnapproved(changed)).toMatchObject({ request: good, tierSlots: { front: 0 } });
  expect(withoutUnapproved(changed).replaced).toBeUndefined();
  expect(withoutUnapproved({ ...changed, approval: { ...approval, revision: 2, request: other } }).request).toBe(other);
  expect(withoutUnapproved(pending).request).toBe(good);
});
