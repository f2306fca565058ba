import { describe, expect, test } from "vitest";
import { parseNetworkEvent } from "../../../../shared/domain/network-event.ts";

const tenant = "99999999-9999-4999-8999-999999999999";
const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const nsg = `${subscription}/resourceGroups/rg-orders-prod/providers/Microsoft.Network/networkSecurityGroups/nsg-orders-prod-data`;
const rule = `${nsg}/securityRules/by-hand`;

interface Told {
  readonly subject?: string;
  readonly source?: string;
  readonly type?: string;
  readonly time?: string;
  readonly data?: Record<string, unknown>;
}

const cloudEvent = ({ subject = rule, source = subscription, type, time, data }: Told = {}) => ({
  specversion: "1.0",
  id: "4f1b",
  source,
  type: type ?? "Microsoft.Resources.ResourceWriteSuccess",
  subject,
  time: time ?? "2026-11-27T10:00:00Z",
  data: {
    operationName: "Microsoft.Network/networkSecurityGroups/securityRules/write",
    resourceUri: subject,
    status: "Succeeded",
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    tenantId: tenant,
    correlationId: "c",
    claims: { name: "Mallory", oid: "o", appid: "a", ipaddr: "203.0.113.7" },
    ...data,
  },
});

const reasonOf = (event: unknown) => {
  const parsed = parseNetworkEvent(event, tenant);
  return parsed.kind === "event" ? "event" : `${parsed.kind}: ${parsed.reason}`;
};

describe("an event", () => {
  test("of a rule is about the NSG's part, in either schema", () => {
    const { specversion: _, source, type, time, ...common } = cloudEvent();
    const eventGrid = {
      ...common,
      topic: source,
      eventType: type,
      eventTime: time,
      dataVersion: "2",
      metadataVersion: "1",
    };
    for (const event of [cloudEvent(), eventGrid]) {
      expect(parseNetworkEvent(event, tenant)).toEqual({
        kind: "event",
        event: {
          origin: {
            eventId: "4f1b",
            at: "2026-11-27T10:00:00.000Z",
            operation: "Microsoft.Network/networkSecurityGroups/securityRules/write",
            correlationId: "c",
            caller: { name: "Mallory", objectId: "o", applicationId: "a", ipAddress: "203.0.113.7" },
          },
          action: "write",
          subscriptionId: "11111111-1111-1111-1111-111111111111",
          resourceId: nsg,
          part: "/securityRules/by-hand",
        },
      });
    }
  });

  test("without claims is an event of nobody", () => {
    const parsed = parseNetworkEvent(cloudEvent({ data: { claims: undefined } }), tenant);
    expect(parsed).toMatchObject({ kind: "event", event: { origin: { caller: { name: null, objectId: null } } } });
  });

  test("claims of a megabyte, of other types and with control characters are cut to a line", () => {
    const claims = { name: `a\n${"x".repeat(1_000_000)}`, oid: { $gt: "" }, appid: 7 };
    const parsed = parseNetworkEvent(cloudEvent({ data: { claims } }), tenant);
    const caller = parsed.kind === "event" ? parsed.event.origin.caller : null;
    expect(caller?.name).toHaveLength(128);
    expect(caller?.name).not.toContain("\n");
    expect(caller).toMatchObject({ objectId: null, applicationId: null });
  });

  const other = "/subscriptions/22222222-2222-2222-2222-222222222222";
  test.each<[string, unknown, RegExp]>([
    ["of another tenant", cloudEvent({ data: { tenantId: "11111111-9999-4999-8999-999999999999" } }), /tenant/],
    ["whose subject is of another subscription than its source", cloudEvent({ source: other }), /source/],
    ["whose data name another subscription", cloudEvent({ data: { subscriptionId: other.slice(15) } }), /subscription/],
    ["whose data name another resource", cloudEvent({ data: { resourceUri: nsg } }), /resource differ/],
    ["with .. in its subject", cloudEvent({ subject: `${nsg}/../securityRules/x` }), /not the id/],
    ["with a query in its subject", cloudEvent({ subject: `${nsg}?api-version=1` }), /not the id/],
    ["with KQL in a name", cloudEvent({ subject: `${nsg}/securityRules/x' | take 1 //` }), /not the id/],
    [
      "whose operation is on another type",
      cloudEvent({ data: { operationName: "Microsoft.Network/virtualNetworks/write" } }),
      /operation/,
    ],
    [
      "whose operation is of another kind",
      cloudEvent({ data: { operationName: "Microsoft.Network/networkSecurityGroups/securityRules/delete" } }),
      /operation/,
    ],
    ["without a time", cloudEvent({ time: "soon" }), /neither/],
    ["of a time that no id can be made of", cloudEvent({ time: "9999-12-31T23:59:59Z" }), /neither/],
    ["of a time before Azure", cloudEvent({ time: "-000001-01-01T00:00:00Z" }), /neither/],
    ["that is none", { hello: 1 }, /neither/],
    ["that is a text", "hello", /neither/],
    [
      "with a subject of a megabyte",
      cloudEvent({ subject: `${nsg}/securityRules/${"x".repeat(1_000_000)}` }),
      /neither/,
    ],
  ])("%s is refused", (_, event, reason) => {
    expect(reasonOf(event)).toMatch(/^refused/);
    expect(reasonOf(event)).toMatch(reason);
  });

  test("of what is not watched, or of a failure, is ignored", () => {
    const vm = `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`;
    expect(reasonOf(cloudEvent({ subject: vm, data: { resourceUri: vm } }))).toMatch(/^ignored/);
    expect(reasonOf(cloudEvent({ type: "Microsoft.Resources.ResourceWriteFailure" }))).toMatch(/^ignored/);
  });
});
