import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lane } from "../../../shared/domain/lane.ts";
import type { Change } from "../../../shared/domain/plan.ts";
import { criticalPath } from "../../../shared/spoke/critical-path.ts";
import { lanesOf } from "../../../shared/spoke/lanes.ts";
import { planChanges } from "../../../shared/spoke/plan.ts";
import { allStanding, contractRequest, stateOf } from "./example.ts";

const change = (id: string, dependsOn: readonly string[], more: Partial<Change> = {}): Change => ({
  id,
  type: "Microsoft.Network/networkSecurityGroups",
  steps: [3],
  action: "create",
  differences: [],
  reasons: [],
  dependsOn,
  desired: null,
  ...more,
});

/** When each change begins, if every change takes one moment and what runs alongside is begun with its wave. */
function starts(lanes: readonly Lane[]): Map<number, number> {
  return new Map(
    lanes.flatMap((lane) =>
      lane.waves.flatMap((wave, at) => [...wave.changes, ...wave.alongside].map((index) => [index, at] as const)),
    ),
  );
}

describe("lanes of a plan", () => {
  test("what needs no work is in no lane, and what depended on it does not wait", () => {
    const lanes = lanesOf([change("/a", [], { action: "none" }), change("/b", ["/a"])]);
    expect(lanes).toEqual([{ waves: [{ changes: [1], alongside: [] }] }]);
  });

  test("parts that know nothing of each other are lanes of their own; loose changes share one", () => {
    const lanes = lanesOf([
      change("/a", []),
      change("/b", ["/a"]),
      change("/c", []),
      change("/d", ["/c"]),
      change("/e", []),
      change("/f", []),
    ]);
    expect(lanes).toHaveLength(3);
    expect(lanes.at(-1)).toEqual({ waves: [{ changes: [4, 5], alongside: [] }] });
  });

  test("a slow change that nothing waits for runs alongside", () => {
    const slow = change("/slow", ["/a"], { type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups" });
    const lanes = lanesOf([change("/a", []), slow, change("/b", ["/a"]), change("/c", ["/b"])]);
    expect(lanes).toEqual([
      {
        waves: [
          { changes: [0], alongside: [] },
          { changes: [2], alongside: [1] },
          { changes: [3], alongside: [] },
        ],
      },
    ]);
  });

  test("property: every change with work is in one wave, after all that it depends on", () => {
    const graph = fc.array(fc.tuple(fc.array(fc.nat(30), { maxLength: 4 }), fc.boolean(), fc.boolean()), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(graph, (nodes) => {
        const changes = nodes.map(([before, works, slow], index) =>
          change(
            `/r${index}`,
            before.filter((other) => other < index).map((other) => `/R${other}`),
            {
              action: works ? "create" : "none",
              type: slow ? "Microsoft.Network/ipGroups" : "Microsoft.Network/routeTables",
            },
          ),
        );
        const lanes = lanesOf(changes);
        const begin = starts(lanes);
        const members = lanes.flatMap((lane) => lane.waves.flatMap((wave) => [...wave.changes, ...wave.alongside]));
        expect([...members].sort((a, b) => a - b)).toEqual(
          changes.flatMap((entry, index) => (entry.action === "none" ? [] : [index])),
        );
        for (const lane of lanes) {
          const alongside = new Set(lane.waves.flatMap((wave) => wave.alongside));
          for (const index of lane.waves.flatMap((wave) => [...wave.changes, ...wave.alongside])) {
            for (const id of changes[index]?.dependsOn ?? []) {
              const needed = Number(id.slice(2));
              if (changes[needed]?.action === "none") continue;
              expect(begin.get(needed)).toBeLessThan(begin.get(index) ?? -1);
              expect(alongside.has(needed)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("critical path of the contract's request: through the network to the gateway", () => {
  const state = stateOf(contractRequest);
  const role = state.resources[0]?.id.toLowerCase() ?? "";
  const observed = new Map([...allStanding(state)].filter(([key]) => key === role));
  const plan = planChanges({
    spoke: "orders-prod",
    desired: state.resources,
    observed,
    recorded: [],
    retiredSubnets: [],
    findings: [],
  });
  const names = (list: readonly { id: string }[]) => list.map((entry) => entry.id.split("/").at(-1));
  expect(plan.criticalPath.seconds).toBe(352);
  expect(names(plan.criticalPath.resources).slice(-2)).toEqual(["vnet-orders-prod", "agw-orders-prod"]);
  const slow = /ipGroups|ruleCollectionGroups|applicationGateways/;
  const own = criticalPath(plan.changes.filter((entry) => !slow.test(entry.type)));
  expect(names(own.resources)).toEqual([
    "rg-orders-prod",
    "asg-orders-prod-front",
    "nsg-orders-prod-front",
    "vnet-orders-prod",
    "peer-orders-prod-to-hub",
    "peer-hub-to-orders-prod",
  ]);
});
