import { describe, expect, test } from "vitest";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { deriveRecommendations } from "../../../shared/hardening/derive-recommendations.ts";
import type { HardeningInput } from "../../../shared/hardening/hardening-input.ts";
import { replayText } from "../../../shared/hardening/replay.ts";
import type { RuleContext } from "../../../shared/rules/rule-context.ts";
import {
  hour,
  inputOf,
  logOf,
  type Packet,
  type World,
  window,
  withHandMade,
  worldOf,
} from "../../property/hardening/traffic-of-spoke.ts";
import { contractRequest, stateOf } from "../spoke/example.ts";

const { design } = stateOf(contractRequest);
const groupOf = (tier: string) =>
  design.ruleContext.tiers.find(({ name }) => name === tier)?.applicationSecurityGroupId ?? "";

function byHand(changes: Partial<SecurityRuleBody>): SecurityRuleBody {
  return {
    name: "by-hand",
    description: "",
    priority: 2000,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    sourceAddressPrefixes: ["*"],
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: ["*"],
    ...changes,
  };
}

/** Seed 1: every machine of the first two places of a tier joined its group. */
function derive(
  made: readonly SecurityRuleBody[],
  packets: readonly Packet[],
  change: (input: HardeningInput) => HardeningInput = (input) => input,
  context: RuleContext = design.ruleContext,
  connected = true,
) {
  const joined = worldOf(context, 1);
  const machines = joined.machines.map((machine) => ({
    ...machine,
    group: context.tiers.find(({ name }) => name === machine.subnet)?.applicationSecurityGroupId ?? null,
  }));
  const world: World = { ...joined, machines, connected };
  const rules = withHandMade(design.rules, made);
  return deriveRecommendations(change(inputOf(world, rules, logOf(world, rules, packets, true))));
}

const machineOf = (tier: string, place = 0) =>
  worldOf(design.ruleContext, 1).machines.filter(({ subnet }) => subnet === tier)[place]?.address ?? "";
const ofRule = (result: ReturnType<typeof deriveRecommendations>, name: string, subnet = "data") =>
  result.recommendations.filter((one) => one.rule === name && one.subnet === subnet);
const sql = { source: machineOf("app"), destination: machineOf("data"), port: 1433, protocol: 6 } as const;

describe("removing", () => {
  test("a rule for the Internet that nothing used is to go, with its evidence", () => {
    const rule = byHand({ sourceAddressPrefixes: ["Internet"], destinationPortRanges: ["3389"], protocol: "Tcp" });
    const result = derive([rule], [sql]);
    const [found] = ofRule(result, "by-hand");
    expect(found).toMatchObject({
      kind: "remove",
      after: null,
      spoke: "orders",
      severity: "high",
      keepsGuidance: true,
      evidence: { flows: 0, bytes: 0, firstSeen: null, hoursCovered: 720, hoursExpected: 720, sample: [] },
      replay: { flows: 1, wouldBlock: 0, blocked: [] },
      difference: { gained: [] },
      reasons: ["Nothing used it in the window."],
    });
    expect(found?.difference.lost[0]).toContain("3389");
    expect(result.recommendations[0]?.severity).toBe("high");
  });

  test("a rule of the request that nothing used is told, and that it is meant to be", () => {
    const [found] = ofRule(derive([], [sql]), "Allow-SQL-VM-to-SQL-VM-Inbound");
    expect(found).toMatchObject({ kind: "remove", keepsGuidance: false });
    expect(found?.reasons.at(-1)).toContain("machines of tier data among themselves");
  });

  test("what denies, probes, the gateway's management, just-in-time access and management destinations are left alone", () => {
    const jit = byHand({ name: "SecurityCenter-JITRule_1_ABC", destinationPortRanges: ["22"] });
    const { recommendations } = derive([jit], []);
    const names = new Set(recommendations.map(({ rule }) => rule));
    expect(names.size).toBeGreaterThan(5);
    for (const name of names) {
      expect(name).not.toMatch(/^Deny|Probe|GatewayManager|JIT|Instance-Metadata|Time-Syn|Windows-Activation/);
    }
  });

  test("a rule without which the same passes is not worth a word", () => {
    const twice = byHand({
      protocol: "Tcp",
      priority: 3990,
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [groupOf("app")],
      destinationAddressPrefixes: [],
      destinationApplicationSecurityGroupIds: [groupOf("data")],
      destinationPortRanges: ["1433"],
    });
    expect(ofRule(derive([twice], [sql]), "by-hand")).toEqual([]);
  });

  test("a rule that did not stand for the whole window is left alone", () => {
    const since = (moment: number) => (input: HardeningInput) => ({
      ...input,
      groups: input.groups.map((group) => ({ ...group, rulesSince: new Map([["by-hand", moment]]) })),
    });
    expect(ofRule(derive([byHand({})], [], since(window.from + 1)), "by-hand")).toEqual([]);
    expect(ofRule(derive([byHand({})], [], since(window.from)), "by-hand")).toHaveLength(1);
  });
});

describe("narrowing", () => {
  test("a rule for everything becomes one for the group, the port and the protocol that were used", () => {
    const used: Packet = { ...sql, port: 8443 };
    const [found] = ofRule(derive([byHand({})], [used, { ...used, source: machineOf("app", 1) }]), "by-hand");
    expect(found).toMatchObject({ kind: "narrow", keepsGuidance: true, severity: "high" });
    expect(found?.after).toMatchObject({
      name: "by-hand",
      priority: 2000,
      protocol: "Tcp",
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [groupOf("app")],
      destinationApplicationSecurityGroupIds: [groupOf("data")],
      destinationPortRanges: ["8443"],
    });
    expect(found?.evidence).toMatchObject({ flows: 3, bytes: 3001, firstSeen: window.from, lastSeen: window.to - 1 });
    expect(found?.evidence.sample[0]).toBe(`Inbound ${machineOf("app", 1)} -> ${machineOf("data")} Tcp 8443`);
  });

  test("a known place stands for the machines in it, and others for themselves", () => {
    const [management] = design.ruleContext.managementAccess;
    const admin = { source: "10.0.1.5", destination: machineOf("data"), port: 22, protocol: 6 } as const;
    const guest = { ...admin, source: "198.51.100.20" };
    const [found] = ofRule(derive([byHand({ protocol: "Tcp" })], [admin, guest, { ...guest, port: 23 }]), "by-hand");
    expect(found?.after).toMatchObject({
      sourceAddressPrefixes: [management?.from, "198.51.100.20/32"].sort(),
      destinationPortRanges: ["22-23"],
    });
    expect(found?.reasons.join()).toContain("at 63 of which nothing was seen");
  });

  test("load-balanced packets are judged as they arrive: from their caller to the machine (trap 1)", () => {
    const { recommendations } = derive([], [sql]);
    const kept = recommendations.filter(({ subnet }) => subnet === "data").map(({ rule }) => rule);
    expect(kept).toContain("Allow-SQL-LB-to-SQL-VMs-Inbound");
    expect(kept).not.toContain("Allow-App-Tier-to-SQL-VMs-Inbound");
  });

  test("ports stay as they are where a protocol without ports was used", () => {
    const ping: Packet = { ...sql, port: 0, protocol: 1 };
    const [found] = ofRule(derive([byHand({})], [ping]), "by-hand");
    expect(found?.after).toMatchObject({ protocol: "Icmp", destinationPortRanges: ["*"] });
  });

  test("VirtualNetwork is not narrowed where it is not known who belongs to it", () => {
    const open: RuleContext = { ...design.ruleContext, behindFirewall: false };
    const rule = byHand({ sourceAddressPrefixes: ["VirtualNetwork"] });
    const hub = { source: "10.255.1.1", destination: machineOf("data"), port: 9999, protocol: 6 } as const;
    const [found] = ofRule(derive([rule], [hub], undefined, open), "by-hand");
    expect(found?.after?.sourceAddressPrefixes).toEqual(["VirtualNetwork"]);
    const inside = { ...hub, source: machineOf("app") };
    const [other] = ofRule(derive([rule], [inside], undefined, open), "by-hand");
    expect(other?.after?.sourceApplicationSecurityGroupIds).toEqual([groupOf("app")]);
  });

  test("tags of which nothing is known stay (trap 11)", () => {
    const rule = byHand({ direction: "Outbound", destinationAddressPrefixes: ["Storage"] });
    const put = { source: machineOf("data"), destination: "203.0.113.8", port: 443, protocol: 6 } as const;
    const [found] = ofRule(derive([rule], [put]), "by-hand");
    expect(found?.after).toMatchObject({ destinationAddressPrefixes: ["Storage"], destinationPortRanges: ["443"] });
    const [unused] = ofRule(derive([rule], [{ ...put, destination: "198.51.100.20" }]), "by-hand");
    expect(unused?.kind).toBe("remove");
  });

  test("the same change has the same id, in whatever order flows were read; another change has another", () => {
    const idOf = (packets: readonly Packet[]) => ofRule(derive([byHand({})], packets), "by-hand")[0]?.id;
    const [a, b] = [
      { ...sql, port: 8443 },
      { ...sql, port: 9443 },
    ];
    expect(idOf([a, b])).toBe(idOf([b, a]));
    expect(idOf([a])).not.toBe(idOf([a, b]));
    expect(idOf([a])).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe("nothing is said", () => {
  const changed = (change: (reduction: HardeningInput["reduction"]) => Partial<HardeningInput["reduction"]>) =>
    derive([byHand({})], [], (input) => ({ ...input, reduction: { ...input.reduction, ...change(input.reduction) } }));
  const codesOf = ({ notJudged, recommendations }: ReturnType<typeof deriveRecommendations>) => {
    expect(recommendations).toEqual([]);
    return [...new Set(notJudged.map(({ code }) => code))];
  };

  test("where the window is too short", () => {
    expect(codesOf(changed(() => ({ window: { from: window.to - 24 * hour, to: window.to } })))).toEqual([
      "window-too-short",
    ]);
  });

  test("where hours are missing, of the subnet that misses them", () => {
    const half = (subnet: string) =>
      changed(({ interfaces }) => ({
        interfaces: interfaces.map((one, index) =>
          worldOf(design.ruleContext, 1).machines[index]?.subnet === subnet
            ? { ...one, hours: one.hours.filter((value) => value % 2 === 0) }
            : one,
        ),
      }));
    const { notJudged, recommendations } = half("data");
    expect(notJudged.map(({ subnet, code }) => [subnet, code])).toEqual([["data", "window-not-covered"]]);
    expect(notJudged[0]?.message).toBe("Interfaces of the subnet logged in 360 of 720 hours.");
    expect(new Set(recommendations.map(({ subnet }) => subnet))).not.toContain("data");
  });

  test.each([
    ["records of another version", { otherVersionRecords: 1 }, "logs-not-readable"],
    ["many malformed records", { malformedRecords: 1000 }, "logs-not-readable"],
    ["traffic of IPv6", { ipv6Tuples: 1 }, "ipv6-traffic"],
  ])("where there are %s", (_, counts, code) => {
    expect(codesOf(changed((reduction) => ({ counts: { ...reduction.counts, ...counts } })))).toEqual([code]);
  });

  test("of rules that cannot be read", () => {
    const { notJudged } = derive([byHand({ sourceAddressPrefixes: ["fd00::/8"] })], []);
    expect(notJudged.map(({ code }) => code)).toEqual(Array(4).fill("rules-not-readable"));
  });
});

test("a replay in words", () => {
  const told = { flows: 1_204_331, wouldBlock: 0, alreadyBlocked: 0, undecided: 0, blocked: [] };
  expect(replayText(told, window.from, window.to)).toBe("would have blocked 0 of 1,204,331 flows in 30 days");
});
