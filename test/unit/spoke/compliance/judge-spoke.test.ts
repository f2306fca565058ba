import { describe, expect, test } from "vitest";
import { scoreOf } from "../../../../shared/domain/compliance-score.ts";
import type { SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../../shared/domain/resource-id.ts";
import { controls } from "../../../../shared/spoke/compliance/controls.ts";
import { judgeSpoke } from "../../../../shared/spoke/compliance/judge-spoke.ts";
import { ruleKind } from "../../../../shared/spoke/compliance/rule-kind.ts";
import { contractRequest, platform, requestWith, resourceOf, stateOf } from "../example.ts";
import { exemption } from "../exemption-example.ts";
import { connectivityWith, openedByHand, standingOf } from "../standing-example.ts";
import { assessed, edited, goodSurroundings, idsWith } from "./assessed.ts";

const state = stateOf(contractRequest);
const dataGroup = resourceOf(state, "Microsoft.Network/networkSecurityGroups", "nsg-orders-prod-data");
const network = resourceOf(state, "Microsoft.Network/virtualNetworks");
const withRules = (change: (rules: SecurityRuleBody[]) => SecurityRuleBody[]) =>
  edited(dataGroup.id, (body) => ({ ...body, securityRules: change(body.securityRules as SecurityRuleBody[]) }));
const opened = (rules: SecurityRuleBody[]): SecurityRuleBody[] => [
  ...rules,
  { ...(rules[0] as SecurityRuleBody), name: "by-hand", priority: 100 },
];

/** Surroundings of which the tool sees nothing. */
const unseen = {
  virtualNetworkEncrypted: null,
  residents: null,
  sentinel: null,
  recommendations: null,
  assignments: null,
  flowLog: null,
  justInTime: null,
  learnt: null,
};

describe("a spoke that stands as desired", () => {
  test("fails nothing but what its request leaves open", () => {
    // The request's own lacks: it names no spoke that stands yet, so nothing of the platform is missing.
    expect(idsWith("fail", assessed(state))).toEqual([]);
    expect(judgeSpoke(assessed(state)).status).toBe("Compliant");
    expect(judgeSpoke(assessed(state)).drift).toEqual([]);
  });

  test("what the tool cannot see is unknown, says what would show it, and is never a pass", () => {
    const unknown = judgeSpoke(assessed(state, undefined, [], { surroundings: unseen })).controls.filter(
      ({ status }) => status === "unknown",
    );
    expect(unknown.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["ZT-P.3", "ZT-P.9", "ZT-2.2", "ZT-2.3", "ZT-2.4", "ZT-5.11", "ZT-5.15", "ZT-7.3"]),
    );
    for (const { evidence, remedy } of unknown) {
      expect(remedy.length).toBeGreaterThan(20);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  test("of a subscription that nobody could read nothing is a pass but what the request itself says", () => {
    const spoke = assessed(state);
    const resources = spoke.resources.map((resource) => ({
      ...resource,
      observed: null,
      unread: "AuthorizationFailed",
      unexempted: null,
      change: null,
    }));
    expect(idsWith("fail", { ...spoke, resources, surroundings: unseen })).toEqual([]);
    // Storage, application and Conditional Access are none of the subscription's.
    expect(idsWith("pass", { ...spoke, resources, surroundings: unseen })).toEqual(["ZT-5.12", "ZT-5.13", "ZT-6.6"]);
  });

  test("a resource that nobody could read makes its controls unknown", () => {
    const spoke = assessed(state);
    const resources = spoke.resources.map((resource) =>
      resource.desired.id === dataGroup.id
        ? { ...resource, observed: null, unread: "AuthorizationFailed", unexempted: null, change: null }
        : resource,
    );
    expect(idsWith("unknown", { ...spoke, resources })).toEqual(expect.arrayContaining(["ZT-3.1", "ZT-5.1", "ZT-5.6"]));
    expect(idsWith("pass", { ...spoke, resources })).not.toContain("ZT-3.1");
  });
});

describe("each deviation fails its own row of the guidance", () => {
  test.each([
    ["a rule that nobody asked for", withRules(opened), ["ZT-5.6"]],
    [
      "no deny of inbound traffic",
      withRules((rules) => rules.filter(({ name }) => name !== "DenyAllInbound")),
      ["ZT-5.1"],
    ],
    [
      "no deny of outbound traffic",
      withRules((rules) => rules.filter(({ name }) => name !== "DenyAllOutbound")),
      ["ZT-5.2"],
    ],
    [
      "rule 5 with another port",
      withRules((rules) =>
        rules.map((rule) =>
          rule.name === "Allow-App-Tier-to-Data-LB-Inbound" ? { ...rule, destinationPortRanges: ["*"] } : rule,
        ),
      ),
      ["ZT-5.5.5"],
    ],
    ["rule 7 gone", withRules((rules) => rules.filter(({ name }) => !name.startsWith("Allow-SQL-VM"))), ["ZT-5.5.7"]],
    [
      "a rule by address instead of by group",
      withRules((rules) =>
        rules.map((rule) =>
          rule.name === "Allow-SQL-VM-to-SQL-VM-Inbound"
            ? { ...rule, sourceApplicationSecurityGroupIds: [], sourceAddressPrefixes: ["10.0.0.0/8"] }
            : rule,
        ),
      ),
      ["ZT-P.1", "ZT-5.5.7"],
    ],
    [
      "a detached group",
      edited(network.id, (body) => ({
        ...body,
        subnets: (body.subnets as object[]).map((subnet) =>
          "name" in subnet && subnet.name === "snet-data" ? { ...subnet, networkSecurityGroupId: null } : subnet,
        ),
      })),
      ["ZT-3.2"],
    ],
    [
      "a flow log that is off",
      edited(resourceOf(state, "Microsoft.Network/networkWatchers/flowLogs").id, (body) => ({
        ...body,
        enabled: false,
      })),
      ["ZT-P.6", "ZT-5.10", "ZT-7.5"],
    ],
    [
      "no traffic analytics",
      edited(resourceOf(state, "Microsoft.Network/networkWatchers/flowLogs").id, (body) => ({
        ...body,
        trafficAnalytics: { ...(body.trafficAnalytics as object), enabled: false },
      })),
      ["ZT-P.6", "ZT-5.14", "ZT-7.5"],
    ],
  ])("%s", (_, edit, ids) => {
    const spoke = assessed(state, edit);
    expect(idsWith("fail", spoke)).toEqual(ids);
    expect(judgeSpoke(spoke).drift).toHaveLength(1);
  });

  test.each(state.resources.map(({ id, type }) => [type, id]))("a missing %s is a failure and drift", (type, id) => {
    const judged = judgeSpoke(assessed(state, (standing) => standing.set(resourceIdKey(id), null)));
    expect(judged.status).toBe("NonCompliant");
    // The role definition is the platform owner's to write.
    expect(judged.drift.map((one) => one.id)).toEqual(type === "Microsoft.Authorization/roleDefinitions" ? [] : [id]);
  });

  test("an open port 3389 is told by the proof and by the linter", () => {
    const standing = standingOf(state, "data", (rules) => [...rules, openedByHand(100, "3389")]);
    const connectivity = connectivityWith(state, standing);
    const spoke = assessed(state, withRules(opened), [], {
      connectivity,
      findings: [...state.findings, ...connectivity.findings],
    });
    expect(idsWith("fail", spoke)).toEqual(expect.arrayContaining(["ZT-P.2", "ZT-P.5", "ZT-5.6"]));
  });

  test("people with roles, foreign roles, and machines beside the network", () => {
    const role = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    const surroundings = {
      ...goodSurroundings,
      assignments: [{ id: "/a", principalType: "User", roleDefinitionId: role }],
      residents: [{ id: "/vm", type: "microsoft.compute/virtualmachines" }],
      virtualNetworkEncrypted: false,
    };
    expect(idsWith("fail", assessed(state, undefined, [], { surroundings }))).toEqual([
      "ZT-P.3",
      "ZT-P.9",
      "ZT-2.2",
      "ZT-2.3",
    ]);
  });
});

describe("exemptions", () => {
  const byRule = exemption({ resourceId: dataGroup.id, tolerated: ["/securityRules/by-hand"] });

  test("of a rule: exempt with owner, reason, ticket and expiry, and no drift", () => {
    const judged = judgeSpoke(assessed(state, withRules(opened), [byRule]));
    const verdict = judged.controls.find(({ id }) => id === "ZT-5.6");
    expect(verdict).toMatchObject({
      status: "exempt",
      exemption: { id: "exemption-1", owner: "Ada", reason: "Migration", ticket: "CHG-1", expiresAt: byRule.expiresAt },
    });
    expect(judged.drift).toEqual([]);
  });

  test("of a rule: another rule beside it is still a failure", () => {
    const edit = withRules((rules) => [
      ...opened(rules),
      { ...(rules[0] as SecurityRuleBody), name: "other", priority: 101 },
    ]);
    expect(idsWith("fail", assessed(state, edit, [byRule]))).toEqual(["ZT-5.6"]);
  });

  test("of a control: the control alone, and the drift stays", () => {
    const judged = judgeSpoke(assessed(state, withRules(opened), [exemption({ control: "ZT-5.6" })]));
    expect(judged.controls.find(({ id }) => id === "ZT-5.6")?.status).toBe("exempt");
    expect(judged.drift).toHaveLength(1);
  });

  test("of a control at one resource: not at another", () => {
    const elsewhere = exemption({ control: "ZT-5.6", resourceId: network.id });
    expect(idsWith("fail", assessed(state, withRules(opened), [elsewhere]))).toEqual(["ZT-5.6"]);
    const here = exemption({ control: "ZT-5.6", resourceId: dataGroup.id });
    expect(idsWith("exempt", assessed(state, withRules(opened), [here]))).toEqual(["ZT-5.6"]);
  });

  test("of a control that passes: it passes", () => {
    expect(idsWith("exempt", assessed(state, undefined, [exemption({ control: "ZT-5.6" })]))).toEqual([]);
  });

  test("an accepted recommendation is what shall stand: the rule that it removed is a failure when it is back", () => {
    const accepted = exemption({
      origin: "recommendation",
      expiresAt: null,
      resourceId: dataGroup.id,
      properties: [{ pointer: "/securityRules/Allow-SQL-VM-to-SQL-VM-Inbound", value: null }],
    });
    const without = withRules((rules) => rules.filter(({ name }) => name !== "Allow-SQL-VM-to-SQL-VM-Inbound"));
    expect(idsWith("fail", assessed(state, without, [accepted]))).toEqual([]);
    expect(judgeSpoke(assessed(state, undefined, [accepted])).drift).toHaveLength(1);
  });
});

describe("the list of controls", () => {
  test("has a row for every step and principle of the guidance, each with an id of its own", () => {
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    expect(new Set(controls.map(({ step }) => step))).toEqual(new Set([null, 1, 2, 3, 4, 5, 6, 7]));
    expect(new Set(controls.flatMap(({ principles }) => principles)).size).toBe(3);
  });

  test("covers every resource and every rule that the desired state has", () => {
    const shapes = [
      state,
      stateOf(
        requestWith({ topology: "standalone", outboundAccess: [] }),
        {},
        { ...platform, standaloneNatGateway: true },
      ),
      stateOf(requestWith({ outbound: "allow-all" })),
      stateOf(requestWith({}, { hostName: null, certificateSecretId: null })),
    ];
    const kinds = new Set<unknown>();
    for (const { resources, design } of shapes) {
      for (const resource of resources) {
        if (resource.type !== "Microsoft.Network/networkSecurityGroups") continue;
        for (const { name } of resource.body.securityRules) kinds.add(ruleKind(name, design.request.application.tiers));
      }
    }
    expect(kinds).toEqual(
      new Set([1, 2, 3, 4, 5, 6, 7, "deny-inbound", "deny-outbound", "vm-management", "management", "machines"]),
    );
  });
});

test("a score is the share of the weight that passes; the unknown counts half", () => {
  expect(scoreOf({ passed: 30, failed: 10, unknown: 0 })).toBe(75);
  expect(scoreOf({ passed: 30, failed: 0, unknown: 20 })).toBe(75);
  expect(scoreOf({ passed: 0, failed: 0, unknown: 0 })).toBeNull();
});
