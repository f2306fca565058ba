import { describe, expect, test } from "vitest";
import { type Amendment, amendmentsInForce } from "../../../shared/domain/amendment.ts";
import type { ObservedResource, SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../shared/domain/resource-id.ts";
import { amend } from "../../../shared/spoke/amend.ts";
import { amendmentFindings, overruledFindings } from "../../../shared/spoke/amendment-findings.ts";
import { partOf, valueAt, withValueAt } from "../../../shared/spoke/body-pointer.ts";
import { planChanges } from "../../../shared/spoke/plan.ts";
import { allStanding, contractRequest, resourceOf, stateOf } from "./example.ts";
import { exemption } from "./exemption-example.ts";

const state = stateOf(contractRequest);
const nsg = resourceOf(state, "Microsoft.Network/networkSecurityGroups", "nsg-orders-prod-data");
const [first] = nsg.body.securityRules;
if (first === undefined) throw new Error("no rule");
const rule: SecurityRuleBody = { ...first, name: "vendor", priority: 2000 };

const amendment = (more: Partial<Amendment>) =>
  exemption({
    id: "a",
    owner: { objectId: "1", name: "Olga" },
    createdAt: "2026-11-27T10:00:00Z",
    expiresAt: "2026-11-28T10:00:00Z",
    resourceId: nsg.id,
    ...more,
  });

function observed(rules: readonly SecurityRuleBody[]): ObservedResource {
  return {
    id: nsg.id,
    type: nsg.type,
    body: { ...nsg.body, securityRules: rules },
    etag: null,
    provisioningState: "Succeeded",
    native: {},
  };
}

function workOf(standing: ObservedResource, amendments: readonly Amendment[]) {
  const all = new Map(allStanding(state)).set(resourceIdKey(nsg.id), standing);
  const plan = planChanges({
    spoke: "orders-prod",
    desired: state.resources,
    observed: all,
    recorded: [],
    retiredSubnets: [],
    findings: [],
    amendments,
  });
  return plan.changes.filter(({ action }) => action !== "none").map(({ action, reasons }) => ({ action, reasons }));
}

describe("an amendment", () => {
  const extra = observed([...nsg.body.securityRules, rule]);

  test("that tolerates a rule leaves it as it stands, and does not make it where it is gone", () => {
    const tolerant = amendment({ tolerated: ["/securityRules/vendor"] });
    expect(workOf(extra, [])).toEqual([{ action: "update", reasons: ["/securityRules/vendor should not be there."] }]);
    expect(workOf(extra, [tolerant])).toEqual([]);
    expect(workOf(observed(nsg.body.securityRules), [tolerant])).toEqual([]);
    expect(workOf(observed([...nsg.body.securityRules, rule, { ...rule, name: "other" }]), [tolerant])).toHaveLength(1);
  });

  test("that sets a rule has it made, and the same narrower", () => {
    const setting = amendment({ properties: [{ pointer: "/securityRules/vendor", value: rule }] });
    expect(workOf(observed(nsg.body.securityRules), [setting])).toEqual([
      { action: "update", reasons: ["/securityRules/vendor is missing."] },
    ]);
    expect(workOf(extra, [setting])).toEqual([]);
  });

  test("that takes a rule away has it deleted", () => {
    const removing = amendment({ properties: [{ pointer: `/securityRules/${first.name}`, value: null }] });
    expect(workOf(observed(nsg.body.securityRules), [removing])[0]?.reasons).toEqual([
      `/securityRules/${first.name} should not be there.`,
    ]);
  });

  test("of the whole resource leaves all of it", () => {
    expect(workOf(observed([]), [amendment({ tolerated: [""] })])).toEqual([]);
    expect(amend(nsg, null, [amendment({ tolerated: [""] })]).asItStands).toBe(true);
  });

  test("of a later day prevails", () => {
    const set = (value: SecurityRuleBody | null, createdAt: string) =>
      amendment({ properties: [{ pointer: "/securityRules/vendor", value }], createdAt });
    const both = [set(null, "2026-11-27T11:00:00Z"), set(rule, "2026-11-27T10:00:00Z")];
    expect(amend(nsg, null, both).desired.body).toEqual(nsg.body);
  });

  test("of another resource, another spoke or a day that is over counts for nothing", () => {
    const other = amendment({ resourceId: `${nsg.id}2`, tolerated: ["/securityRules/vendor"] });
    expect(workOf(extra, [other])).toHaveLength(1);
    const all = [
      amendment({}),
      amendment({ spoke: "other" }),
      amendment({ expiresAt: null, origin: "recommendation" }),
    ];
    expect(amendmentsInForce(all, "orders-prod", "2026-11-28T09:59:59Z")).toHaveLength(2);
    expect(amendmentsInForce(all, "orders-prod", "2026-11-28T10:00:00Z")).toHaveLength(1);
  });

  test("is a finding as long as it is in force", () => {
    expect(amendmentFindings([amendment({ tolerated: ["/securityRules/vendor"] })])).toMatchObject([
      {
        code: "ExemptionInForce",
        severity: "medium",
        resourceId: nsg.id,
        message: expect.stringContaining("Olga keeps nsg-orders-prod-data"),
      },
    ]);
  });
});

describe("a pointer into a body", () => {
  const body = { tags: { owner: "a" }, enabled: true, securityRules: [{ name: "A/b~c", access: "Allow" }] };

  test("finds members by name, without regard to case", () => {
    expect(valueAt(body, "/securityRules/a~1b~0c/access")).toBe("Allow");
    expect(valueAt(body, "/securityRules/none")).toBeNull();
    expect(valueAt(body, "/enabled")).toBe(true);
  });

  test("edits, adds and takes away, and leaves the body itself alone", () => {
    expect(withValueAt(body, "/securityRules/A~1b~0c/access", "Deny")).toMatchObject({
      securityRules: [{ access: "Deny" }],
    });
    expect(withValueAt(body, "/securityRules/new", { name: "new" })).toMatchObject({
      securityRules: [{}, { name: "new" }],
    });
    expect(withValueAt(body, "/securityRules/A~1b~0c", null)).toMatchObject({ securityRules: [] });
    expect(withValueAt(body, "/tags/owner", null)).toEqual({ ...body, tags: {} });
    expect(withValueAt(body, "/enabled", null)).toEqual({ ...body, enabled: null });
    expect(body.securityRules).toEqual([{ name: "A/b~c", access: "Allow" }]);
  });

  test("does not make what lies on the way, nor reach what is no body's own", () => {
    expect(withValueAt(body, "/securityRules/none/access", "Deny")).toEqual(body);
    expect(withValueAt(body, "/nothing/here", 1)).toEqual(body);
    expect(valueAt(body, "/constructor")).toBeNull();
  });

  test("names the part that people mean by it", () => {
    expect(partOf("/securityRules/a/access")).toBe("/securityRules/a");
    expect(partOf("/subnets/snet-a/networkSecurityGroupId")).toBe("/subnets/snet-a");
    expect(partOf("/trafficAnalytics/enabled")).toBe("/trafficAnalytics");
    expect(partOf("/enabled")).toBe("/enabled");
  });
});

describe("a rule that is kept at a priority of the request", () => {
  const colliding = { ...rule, priority: first.priority, direction: first.direction };
  const standing = observed([...nsg.body.securityRules, colliding]);

  test.each<[string, Partial<Amendment>]>([
    ["tolerated", { tolerated: ["/securityRules/vendor"] }],
    ["set", { properties: [{ pointer: "/securityRules/vendor", value: colliding }] }],
  ])("gives way to it where it is %s, and the run says so and what to do", (_, more) => {
    const one = amendment(more);
    expect(amend(nsg, standing, [one]).desired).toEqual(nsg);
    const found = overruledFindings([one], state.resources, new Map([[resourceIdKey(nsg.id), standing]]));
    expect(found).toMatchObject([{ code: "AmendmentOverruled", remedy: expect.stringContaining("/api/exemptions/a") }]);
    expect(found[0]?.message).toContain(first.name);
  });

  test("stands where only the other direction has it", () => {
    const other = first.direction === "Inbound" ? "Outbound" : "Inbound";
    const taken = new Set(
      nsg.body.securityRules.filter((one) => one.direction === other).map(({ priority }) => priority),
    );
    const value: SecurityRuleBody = {
      ...colliding,
      direction: other,
      priority: taken.has(first.priority) ? 2000 : first.priority,
    };
    const one = amendment({ properties: [{ pointer: "/securityRules/vendor", value }] });
    expect(valueAt(amend(nsg, standing, [one]).desired.body, "/securityRules/vendor")).toEqual(value);
  });
});

test("an undo of a deletion lets the resource be away, and nothing else of it be otherwise", () => {
  const undo = amendment({ origin: "undo", properties: [{ pointer: "", value: null }] });
  expect(amend(nsg, null, [undo]).asItStands).toBe(true);
  expect(amend(nsg, observed([rule]), [undo]).asItStands).toBe(false);
});

test("of two amendments of the same moment the later in the list prevails, whatever their number", () => {
  const [a, b] = [2000, 2001].map((priority) =>
    amendment({ properties: [{ pointer: "/securityRules/vendor", value: { ...rule, priority } }] }),
  );
  if (a === undefined || b === undefined) throw new Error("none");
  expect(valueAt(amend(nsg, null, [a, b]).desired.body, "/securityRules/vendor/priority")).toBe(2001);
  expect(valueAt(amend(nsg, null, [b, a]).desired.body, "/securityRules/vendor/priority")).toBe(2000);
});

test("a finding names who asked for it beside the owner, and is the worse where nothing is denied any more", () => {
  const severityOf = (pointer: string) => amendmentFindings([amendment({ tolerated: [pointer] })])[0]?.severity;
  const grave = ["", "/securityRules", "/securityRules/DenyAllInbound", "/securityRules/denyalloutbound/access"];
  expect(grave.map(severityOf)).toEqual(grave.map(() => "high"));
  expect(["/securityRules/vendor", "/tags", "/securityRules/DenyAllInbound2"].map(severityOf)).toEqual(
    Array(3).fill("medium"),
  );
  const [found] = amendmentFindings([amendment({ tolerated: ["/tags"], askedBy: { objectId: "2", name: "Otto" } })]);
  expect(found?.message).toContain("Olga (asked for by Otto) keeps");
});

test("a part of a rule that somebody took away wholly is not tolerated: the whole rule comes back", () => {
  const without = observed(nsg.body.securityRules.slice(1));
  const one = amendment({ tolerated: [`/securityRules/${first.name}/access`] });
  expect(amend(nsg, without, [one]).desired).toEqual(nsg);
});

describe("a change of a rule of the request", () => {
  const change = (id: string, minute: number, replaces: SecurityRuleBody, value: SecurityRuleBody | null) =>
    amendment({
      id,
      origin: "recommendation",
      createdAt: `2026-11-27T10:0${minute}:00Z`,
      expiresAt: null,
      properties: [{ pointer: `/securityRules/${first.name}`, value, replaces }],
    });
  const narrow = (port: string): SecurityRuleBody => ({ ...first, destinationPortRanges: [port] });
  const over = (rules: readonly SecurityRuleBody[], inForce: readonly Amendment[]) => {
    const resource = { ...nsg, body: { ...nsg.body, securityRules: rules } };
    const standing = amend(resource, null, inForce).desired.body;
    const codes = overruledFindings(inForce, [resource], new Map()).map(({ code }) => code);
    return { rule: valueAt(standing, `/securityRules/${first.name}`), codes };
  };
  const rest = nsg.body.securityRules.slice(1);

  test("counts while the request makes that rule, with the priority that the request gives it", () => {
    const one = change("a", 1, first, narrow("8443"));
    expect(over([first, ...rest], [one])).toEqual({ rule: narrow("8443"), codes: [] });
    const moved = { ...first, priority: 990, description: "Other words" };
    expect(over([moved, ...rest], [one]).rule).toEqual({ ...narrow("8443"), priority: 990 });
    expect(over([first, ...rest], [change("a", 1, first, null)]).rule).toBeNull();
  });

  test("lapses where the request has changed or given up the rule: nothing that it allowed lives on", () => {
    const one = change("a", 1, first, narrow("8443"));
    const changed = { ...first, sourceAddressPrefixes: ["10.9.9.0/24"], sourceApplicationSecurityGroupIds: [] };
    expect(over([changed, ...rest], [one])).toEqual({ rule: changed, codes: ["AmendmentLapsed"] });
    expect(over(rest, [one])).toEqual({ rule: null, codes: ["AmendmentLapsed"] });
    // What it takes away is away by itself.
    expect(over(rest, [change("a", 1, first, null)])).toEqual({ rule: null, codes: [] });
    const withoutGroup = overruledFindings([one], [], new Map());
    expect(withoutGroup.map(({ code }) => code)).toEqual(["AmendmentLapsed"]);
  });

  test("may rest on another change of the same rule, and lapses with it", () => {
    const one = change("a", 1, first, narrow("8000-9000"));
    const two = change("b", 2, narrow("8000-9000"), narrow("8443"));
    expect(over([first, ...rest], [two, one])).toEqual({ rule: narrow("8443"), codes: [] });
    expect(over([first, ...rest], [two])).toEqual({ rule: first, codes: ["AmendmentLapsed"] });
  });
});
