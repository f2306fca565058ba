import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal, requestWith } from "./portal.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
}, 120_000);

afterAll(() => portal?.stack.stop());

/** Nothing written, no spoke, the host alive and the same process. */
afterEach(async () => {
  expect(await portal.writesOfApp()).toEqual([]);
  expect((await portal.call("GET", "/api/spokes")).body.value).toEqual([]);
  const stackFile = JSON.parse(readFileSync(portal.stack.stackFile, "utf8"));
  expect(stackFile.functions.pid).toBe(portal.stack.functionsPid);
});

async function refused(body: unknown, status = 400) {
  const answer = await portal.call("POST", "/api/spokes", body);
  expect(answer.status, JSON.stringify(answer.body).slice(0, 400)).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
  expect(answer.body.errors.length).toBeGreaterThan(0);
  for (const error of answer.body.errors) {
    expect(error).toEqual({ pointer: expect.any(String), code: expect.any(String), message: expect.any(String) });
    expect(error.pointer).toMatch(/^(\/|$)/);
  }
  return answer.body.errors.map((error: { pointer: string }) => error.pointer) as string[];
}

describe("a request that is wrong in one way", () => {
  const tier = { name: "front", port: 443 };
  test.each<[string, unknown, string]>([
    ["a number for a name", requestWith({ name: 7 }), "/name"],
    ["a missing field", requestWith({ location: undefined }), "/location"],
    ["an unknown field", requestWith({ colour: "red" }), "/colour"],
    ["an unknown field inside", requestWith({}, { tiers: [{ ...tier, size: 1 }] }), "/application/tiers/0/size"],
    ["a prefix with host bits", requestWith({ addressPrefix: "10.20.0.1/22" }), "/addressPrefix"],
    ["an IPv6 prefix", requestWith({ addressPrefix: "fd00::/64" }), "/addressPrefix"],
    ["a prefix that is too small", requestWith({ addressPrefix: "10.20.0.0/25" }), "/addressPrefix"],
    ["a prefix that is too large", requestWith({ addressPrefix: "10.0.0.0/8" }), "/addressPrefix"],
    ["a public prefix", requestWith({ addressPrefix: "8.8.0.0/16" }), "/addressPrefix"],
    [
      "200 tiers",
      requestWith(
        { managementAccess: [], outboundAccess: [] },
        { flows: [], tiers: Array.from({ length: 200 }, (_, n) => ({ name: `t${n}`, port: 443 })) },
      ),
      "/application/tiers",
    ],
    [
      "two tiers of one name",
      requestWith({ managementAccess: [], outboundAccess: [] }, { flows: [], tiers: [tier, tier] }),
      "/application/tiers/1/name",
    ],
    ["a name with a slash", requestWith({ name: "a/b" }), "/name"],
    ["a name with dots", requestWith({ name: "../secrets" }), "/name"],
    ["a name with a quote", requestWith({ name: "a'b\"c" }), "/name"],
    ["a name in Unicode", requestWith({ name: "spöke-ａ" }), "/name"],
    ["a name with NUL", requestWith({ name: "a\u0000b" }), "/name"],
    ["a reserved name", requestWith({ name: "plan" }), "/name"],
    [
      "a host name without certificate",
      requestWith({}, { certificateSecretId: undefined }),
      "/application/certificateSecretId",
    ],
    [
      "management from the Internet",
      requestWith({
        managementAccess: [{ from: "0.0.0.0/0", to: ["front"], port: 443, protocol: "Tcp", description: "" }],
      }),
      "/managementAccess/0/from",
    ],
    [
      "RDP from where no bastion is",
      requestWith({
        managementAccess: [{ from: "10.0.1.0/26", to: ["front"], port: 3389, protocol: "Tcp", description: "" }],
      }),
      "/managementAccess/0/from",
    ],
    ["a host name to reach without firewall", requestWith({ topology: "standalone" }), "/outboundAccess/0/to"],
  ])("%s", async (_what, body, pointer) => {
    const pointers = await refused(body);
    expect(
      pointers.some((found) => found === pointer || found.startsWith(`${pointer.split("/").slice(0, 3).join("/")}`)),
      pointers.join(" "),
    ).toBe(true);
  });
});

describe("bodies that are no request at all", () => {
  test.each<[string, string]>([
    ["not JSON", "{name: orders}"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "42"],
    ["20,000 open brackets", "[".repeat(20_000)],
    ["20,000 nested objects", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["two documents", "{}{}"],
    ["lone surrogates", '{"name":"\\ud800"}'],
    ["__proto__", '{"__proto__":{"name":"x"},"constructor":1}'],
  ])("%s", async (_what, body) => {
    await refused(body);
  });

  test("5 MB: 413", async () => {
    await refused(JSON.stringify({ name: "x".repeat(5_000_000) }), 413);
  });

  test("just over 256 KiB: 413; just under: read and refused for its content", async () => {
    const of = (bytes: number) => `{"name":"${"x".repeat(bytes - 11)}"}`;
    await refused(of(256 * 1024 + 1), 413);
    await refused(of(256 * 1024), 400);
  });
});

test("many things wrong: all are told at once", async () => {
  const pointers = await refused({
    ...contractRequest,
    name: "No!",
    location: "atlantis",
    colour: 1,
    addressPrefix: "10.20.0.1/22",
    application: { ...contractRequest.application, tiers: [{ name: "gateway", port: 0 }], flows: [] },
  });
  expect(pointers).toEqual(
    expect.arrayContaining([
      "/name",
      "/location",
      "/colour",
      "/addressPrefix",
      "/application/tiers/0/name",
      "/application/tiers/0/port",
    ]),
  );
});

test("property: 300 JSON values, none a request, all answered with 4xx", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 10, maxLength: 10 }), async (values) => {
      const answers = await Promise.all(
        values.map((value) => portal.call("POST", "/api/spokes", JSON.stringify(value))),
      );
      for (const answer of answers) {
        expect(answer.status).toBe(400);
        expect(answer.body.errors.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 30 },
  );
});
