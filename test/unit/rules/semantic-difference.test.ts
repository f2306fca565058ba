import { describe, expect, test } from "vitest";
import { semanticDifference } from "../../../shared/rules/difference/semantic-difference.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { ruleOf } from "./meaning/rule-of.ts";

const names = [
  { name: "gateway", prefixes: ["10.20.3.0/24"] },
  { name: "app", prefixes: ["10.20.0.64/26"] },
  { name: "data", prefixes: ["10.20.0.128/26"] },
  { name: "hub", prefixes: ["10.0.0.0/16"] },
];
const denyAll = (direction: string) => ruleOf({ direction, priority: 4096, access: "Deny" });
const closed = [denyAll("Inbound"), denyAll("Outbound")];
const sql = ruleOf({
  name: "App-to-SQL",
  priority: 200,
  protocol: "Tcp",
  sourceAddressPrefix: "10.20.0.64/26",
  destinationAddressPrefix: "10.20.0.128/26",
  destinationPortRange: "1433",
});

function difference(before: unknown[], after: unknown[]) {
  const { gained, lost } = semanticDifference(parseSecurityGroup(before), parseSecurityGroup(after), names);
  const texts = (flows: readonly { direction: string; text: string }[]) =>
    flows.map(({ direction, text }) => `${direction}: ${text}`);
  return { gained: texts(gained), lost: texts(lost) };
}

describe("what a change of rules means", () => {
  test("a port opened to everyone is told by names, without what passed before", () => {
    const opened = ruleOf({
      priority: 300,
      protocol: "Tcp",
      destinationAddressPrefix: "10.20.0.128/26",
      destinationPortRange: "1433",
    });
    const { gained, lost } = difference([sql, ...closed], [sql, opened, ...closed]);
    expect(lost).toEqual([]);
    expect(gained).toEqual(["Inbound: anywhere but app -> data Tcp 1433"]);
  });

  test("the Internet is named where nothing else is meant", () => {
    const internet = [
      "0.0.0.0-9.255.255.255",
      "11.0.0.0-172.15.255.255",
      "172.32.0.0-192.167.255.255",
      "192.169.0.0-255.255.255.255",
    ];
    const opened = ruleOf({
      protocol: "Tcp",
      sourceAddressPrefixes: internet,
      destinationAddressPrefix: "10.20.0.128/26",
      destinationPortRange: "1433",
    });
    expect(difference(closed, [opened, ...closed]).gained).toEqual(["Inbound: Internet -> data Tcp 1433"]);
  });

  test("a rule taken away, its parts in one line", () => {
    const web = ruleOf({
      sourceAddressPrefix: "10.20.3.0/24",
      destinationAddressPrefixes: ["10.20.0.64/26", "10.20.0.128/26"],
      protocol: "Tcp",
      destinationPortRanges: ["443", "8443"],
    });
    expect(difference([web, ...closed], closed)).toEqual({
      gained: [],
      lost: ["Inbound: gateway -> app, data Tcp 443, 8443"],
    });
  });

  test("application security groups and tags are named", () => {
    const group = {
      sourceApplicationSecurityGroups: [{ id: "/x/asg-orders-app" }],
      destinationAddressPrefix: "Storage",
      direction: "Outbound",
      protocol: "Tcp",
      destinationPortRange: "443",
    };
    expect(difference(closed, [ruleOf(group), ...closed]).gained).toEqual([
      "Outbound: ASG asg-orders-app -> storage Tcp 443",
    ]);
  });

  test("the most dangerous comes first: inbound from the Internet, then management ports", () => {
    const ssh = ruleOf({
      priority: 101,
      sourceAddressPrefix: "10.0.0.0/16",
      protocol: "Tcp",
      destinationPortRange: "22",
    });
    const web = ruleOf({
      priority: 102,
      sourceAddressPrefix: "203.0.113.0/24",
      protocol: "Tcp",
      destinationPortRange: "443",
    });
    const out = ruleOf({
      priority: 103,
      direction: "Outbound",
      destinationAddressPrefix: "203.0.113.0/24",
      protocol: "Tcp",
      destinationPortRange: "443",
    });
    const calm = ruleOf({
      priority: 104,
      sourceAddressPrefix: "10.20.3.0/24",
      protocol: "Tcp",
      destinationPortRange: "8443",
    });
    expect(difference(closed, [ssh, web, out, calm, ...closed]).gained.map((text) => text.split(" ->")[0])).toEqual([
      "Inbound: Internet (203.0.113.0/24)",
      "Outbound: anywhere",
      "Inbound: hub",
      "Inbound: gateway",
    ]);
  });

  test("rules written in another way mean no difference", () => {
    const halves = ["0-1000", "1001-65535"].map((destinationPortRange, index) =>
      ruleOf({ priority: 100 + index, destinationPortRange }),
    );
    expect(difference([ruleOf()], halves)).toEqual({ gained: [], lost: [] });
  });
});
