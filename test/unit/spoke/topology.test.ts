import { describe, expect, test } from "vitest";
import { connectivityOf } from "../../../shared/spoke/connectivity/connectivity-of.ts";
import type { StandingNetwork } from "../../../shared/spoke/connectivity/standing-network.ts";
import type { DesiredState } from "../../../shared/spoke/desired-state.ts";
import { drawTopology } from "../../../shared/spoke/topology/draw-topology.ts";
import { textWidth } from "../../../shared/spoke/topology/text-width.ts";
import { topologyOf } from "../../../shared/spoke/topology/topology-of.ts";
import { contractRequest, requestWith, stateOf } from "./example.ts";
import { openedByHand, spokeOf, standingOf } from "./standing-example.ts";

function pictureOf(state: DesiredState, network: StandingNetwork = standingOf(state)): string {
  const connectivity = connectivityOf(spokeOf(state), network);
  return drawTopology(topologyOf(state.design, connectivity, "2026-11-23T10:00:00.000Z"));
}

/** A spoke with so many tiers of long names, and many flows beside the chain. */
function spokeWith(count: number, topology = "hub-spoke"): DesiredState {
  const names = [..."abcdefghijkl"].slice(0, count).map((letter) => `tier${letter}longername`);
  const tiers = names.map((name, i) => ({ name, port: 8000 + i, loadBalanced: i % 2 === 1, replicates: i % 3 === 0 }));
  const flows = names.flatMap((from, i) =>
    names.slice(i + 1, i + 5).map((to, j) => ({ from, to, port: 9000 + j, protocol: "Tcp", description: "" })),
  );
  const access = (port: number) => ({ from: "10.0.1.0/26", to: names, port, protocol: "Tcp", description: "" });
  const managementAccess = topology === "standalone" ? [] : [443, 5986, 8443, 8444, 8445].map(access);
  return stateOf(requestWith({ topology, managementAccess, outboundAccess: [] }, { tiers, flows }));
}

const three = stateOf(contractRequest);
const opened = standingOf(three, "data", (rules) => [
  ...rules.filter(({ name }) => !name.startsWith("Allow-Front")),
  openedByHand(100, "1433"),
]);
const twelve = spokeWith(12);
const openedOfTwelve = standingOf(twelve, "tierelongername", (rules) => [...rules, openedByHand(100, "22")]);
const withoutGroup = (state: DesiredState): StandingNetwork => {
  const network = standingOf(state);
  const subnets = network.subnets?.map((one) => ({ ...one, networkSecurityGroupId: null })) ?? null;
  return { ...network, subnets };
};

const pictures: readonly (readonly [string, string])[] = [
  ["one tier", pictureOf(spokeWith(1))],
  ["one tier, standalone", pictureOf(spokeWith(1, "standalone"))],
  ["three tiers", pictureOf(three)],
  ["three tiers, refuted", pictureOf(three, opened)],
  ["three tiers without any NSG", pictureOf(three, withoutGroup(three))],
  ["twelve tiers", pictureOf(twelve)],
  ["twelve tiers, standalone", pictureOf(spokeWith(12, "standalone"))],
  ["twelve tiers, refuted", pictureOf(twelve, openedOfTwelve)],
];

describe.each(pictures)("%s", (_what, svg) => {
  test("is well formed: every element that begins ends, in order", () => {
    const open: string[] = [];
    for (const [, close, name] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*)?>/g)) {
      if (close === "") open.push(name ?? "");
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
    expect(svg.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!#\d+;)/);
  });

  test("every shape has a title, the whole a title and a description", () => {
    const shapes = svg.match(/<(rect|circle|polyline|polygon|path|line|ellipse)\b[^>]*>/g) ?? [];
    const titled = svg.match(/<(rect|circle|polyline|polygon|path|line|ellipse)\b[^>]*><title>[^<]+<\/title>/g) ?? [];
    expect(shapes.length).toBeGreaterThan(10);
    expect(titled).toHaveLength(shapes.length);
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title desc"[^>]*><title id="title">[^<]+<\/title><desc id="desc">[^<]+</,
    );
  });

  test("refers to nothing outside itself, and needs no style sheet", () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /href|url\(|https?:|style|<script|<image/,
    );
  });

  test("no two texts lie over each other, and all within the picture", () => {
    const texts = textsOf(svg);
    const [, width = "", height = ""] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    for (const [index, one] of texts.entries()) {
      expect(one.left, one.text).toBeGreaterThanOrEqual(0);
      expect(one.right, one.text).toBeLessThanOrEqual(Number(width));
      expect(one.bottom, one.text).toBeLessThanOrEqual(Number(height));
      for (const other of texts.slice(index + 1)) {
        const apart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        expect(apart, `${one.text} and ${other.text}`).toBe(true);
      }
    }
  });

  test("colours have a contrast of 4.5:1 or more on white and on grey", () => {
    const colors = new Set([...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, color]) => color ?? ""));
    for (const color of colors) {
      if (color === "#ffffff" || color === "#f0f0f0") continue;
      expect(contrast(color, "#f0f0f0"), color).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("what is refuted differs by dashes and words, not by colour alone", () => {
  const [proven, refuted] = [pictureOf(three), pictureOf(three, opened)].map((svg) => svg.split(">Legend<")[0] ?? "");
  expect(proven).toContain("Proven:");
  expect(proven).not.toMatch(/UNINTENDED|HELD BACK|stroke-dasharray="(10 5|2 4)"/);
  expect(refuted).toContain("Refuted:");
  for (const line of [">UNINTENDED<", ">e.g. Tcp 1433<"]) expect(refuted).toContain(line);
  expect(refuted).toContain('stroke-dasharray="10 5"');
  expect(refuted).toContain('stroke-dasharray="2 4"');
  expect(refuted).toContain("HELD BACK");
});

test("what refutes stands in words below, for paper", () => {
  const [, below = ""] = pictureOf(three, opened).split("What refutes it");
  expect(below).toContain("passes and is not meant to: inbound, rule by-hand decides.");
});

test("texts of others are text, never markup", () => {
  const evil = `</title><script>alert("1")</script>&amp;\u0000\u0007'`;
  const network = standingOf(three, "data", (rules) => [...rules, { ...openedByHand(100, "1433"), name: evil }]);
  const svg = pictureOf(three, network);
  expect(svg).not.toContain("<script");
  expect(svg).toContain("&#60;script&#62;");
  expect(svg).toContain("&#38;amp;");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
  expect(svg).not.toMatch(/[\u0000-\u0008]/);
});

test("hub, firewall and load balancers are shown where there are any", () => {
  const hubbed = pictureOf(three);
  for (const text of ["vnet-hub-westeurope", "Hub firewall", "load balancer 10.20.0.68:443"])
    expect(hubbed).toContain(text);
  const alone = pictureOf(spokeWith(1, "standalone"));
  expect(alone).not.toContain("Hub firewall");
  expect(alone).toContain("no hub: not peered");
});

test("the same spoke gives the same picture", () => {
  expect(pictureOf(stateOf(contractRequest))).toBe(pictureOf(three));
});

function textsOf(svg: string) {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", escaped = ""]) => {
    const number = (name: string, otherwise: number) => {
      const [, value] = new RegExp(`(?:^| )${name}="([\\d.]+)"`).exec(attributes) ?? [];
      return value === undefined ? otherwise : Number(value);
    };
    const text = escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    const [x, y, size] = [number("x", 0), number("y", 0), number("font-size", 12)];
    const width = textWidth(text, size);
    const left = attributes.includes('text-anchor="middle"') ? x - width / 2 : x;
    return { text, left, right: left + width, top: y - size * 0.8, bottom: y + size * 0.2 };
  });
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}
