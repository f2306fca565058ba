import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostProcess, startHostProcess } from "./host-process.ts";

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess({ fixture: "triggers" });
});
afterAll(async () => {
  expect(await host.stop()).toBe(0);
});

interface Described {
  method: string;
  url: string;
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
}

const text = async (path: string, init?: RequestInit) => (await fetch(`${host.url}${path}`, init)).text();
const status = async (path: string, init?: RequestInit) => (await fetch(`${host.url}${path}`, init)).status;
const described = async (path: string, init?: RequestInit) => JSON.parse(await text(path, init)) as Described;

/** Sends bytes as they are. @returns all that comes back until the server closes */
async function raw(...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(host.url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  for (const part of parts) {
    socket.write(part);
  }
  await once(socket, "close");
  return answer;
}

describe("routes", () => {
  it.each([
    ["/api/plain", "plain"],
    ["/API/Plain/", "plain"],
    ["/api/items/all", "literal"],
    ["/api/items/ALL", "literal"],
    ["/api/items/12", "number 12"],
    ["/api/items/0", "text 0"],
    ["/api/items/1.5", "text 1.5"],
    ["/api/items/a%20b%C3%A9", "text a bé"],
    ["/api/items/a%2Fb", "text a%2Fb"],
    ["/api/items/50%25", "text 50%"],
    ["/api/items/%zz", "text %zz"],
    ["/api/items/..%2f..%2fetc", "text ..%2f..%2fetc"],
    ["/api/optional", "{}"],
    ["/api/optional/x", '{"name":"x"}'],
    ["/api/pictures/a.b.svg", '{"name":"a.b","ext":"svg"}'],
  ])("%s → %s", async (path, expected) => {
    expect(await text(path)).toBe(expected);
  });

  it.each([["/api"], ["/plain"], ["/api/items"], ["/api/items/1/2"], ["/api//plain"], ["/api/pictures/none"], ["/"]])(
    "%s is 404",
    async (path) => {
      expect(await status(path)).toBe(404);
    },
  );

  it("another method is 404; GET and POST are the default", async () => {
    expect(await status("/api/plain", { method: "POST" })).toBe(200);
    expect(await status("/api/plain", { method: "DELETE" })).toBe(404);
    expect(await status("/api/plain", { method: "HEAD" })).toBe(404);
  });

  it("HEAD and OPTIONS reach a function that asks for them", async () => {
    const head = await fetch(`${host.url}/api/verbs`, { method: "HEAD" });
    expect([head.status, head.headers.get("x-method"), head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      "HEAD",
      "5",
      "",
    ]);
    expect(await text("/api/verbs", { method: "OPTIONS" })).toBe("12345");
  });
});

describe("requests", () => {
  it("arrive whole", async () => {
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const given = await described("/api/describe/a/b%20c?x=1&x=2&y=%26&__proto__=z", {
      method: "PUT",
      body,
      headers: { "X-Custom": "yes", Cookie: "a=1; b=2" },
    });
    expect(given).toMatchObject({ method: "PUT", params: { rest: "a/b c" }, body: body.toString("base64") });
    expect(given.url).toBe(`${host.url}/api/describe/a/b%20c?x=1&x=2&y=%26&__proto__=z`);
    expect(Object.entries(given.query)).toEqual(
      expect.arrayContaining([
        ["x", "1,2"],
        ["y", "&"],
      ]),
    );
    expect(given.headers).toMatchObject({ "x-custom": "yes", cookie: "a=1; b=2" });
  });

  it("with repeated headers have them joined", async () => {
    const answer = await raw(
      "GET /api/describe/x HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toContain('"x-a":"1, 2"');
  });

  it("may be large, but not larger than 100 MB", { timeout: 60_000 }, async () => {
    const size = 20 * 1024 * 1024;
    const given = await described("/api/describe/x", { method: "POST", body: Buffer.alloc(size, 7) });
    expect(Buffer.from(given.body, "base64")).toHaveLength(size);
    const chunk = Buffer.alloc(1 << 20);
    const tooLarge = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent <= 120; sent++) {
          controller.enqueue(chunk);
        }
        controller.close();
      },
    });
    const answer = await status("/api/describe/x", { method: "POST", body: tooLarge, duplex: "half" } as RequestInit);
    expect(answer).toBe(413);
  });

  it("that are strange never hurt", async () => {
    const brackets = "[".repeat(20_000);
    expect(
      Buffer.from((await described("/api/describe/x", { method: "POST", body: brackets })).body, "base64"),
    ).toHaveLength(brackets.length);
    expect(await status("/api/items/a%00b")).toBe(400);
    const nul = await raw(
      "POST /api/describe/x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\na\0b",
    );
    expect(nul).toContain(Buffer.from("a\0b").toString("base64"));
    expect(await raw("GET /api/\0 HTTP/1.1\r\nHost: h\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await raw("GET /api/plain HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await raw("OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await raw("TRACE /api/plain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 404/);
    expect(await raw("CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n")).not.toContain("200");
    expect(await raw(Buffer.from([0x16, 3, 1, 0, 5, 255, 254, 13, 10, 13, 10]))).toMatch(/^HTTP\/1.1 400/);
    expect(await raw("GET http://elsewhere/api/plain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).toContain(
      "plain",
    );
    expect(await text("/api/plain")).toBe("plain");
  });

  it("that their caller gives up do not hurt either", async () => {
    const socket = connect(Number(new URL(host.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST /api/describe/x HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\npartial");
    socket.destroy();
    await expect(text("/api/slow", { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect(await text("/api/slow")).toBe("slow");
  });
});

describe("responses", () => {
  it("carry status, headers, cookies and bytes", async () => {
    const response = await fetch(`${host.url}/api/cookies`);
    expect(response.status).toBe(201);
    expect([response.headers.get("x-one"), response.headers.get("x-two")]).toEqual(["1", "2"]);
    expect(response.headers.getSetCookie()).toEqual([
      "a=1%202; max-age=60; path=/; secure; samesite=strict; httponly",
      "b=2; expires=Wed, 02 Jan 2030 03:04:05 GMT; domain=example.com",
    ]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 10]);
  });

  it.each([
    ["/api/nothing", 204],
    ["/api/throws", 500],
    ["/api/invalid", 500],
  ])("%s answers %i, and the host goes on", async (path, expected) => {
    expect(await status(path)).toBe(expected);
    expect(await status("/api/plain")).toBe(200);
  });
});

describe("the app", () => {
  it("finds the platform's settings, and its own from the file", async () => {
    expect(JSON.parse(await text("/api/settings"))).toEqual({
      WEBSITE_HOSTNAME: new URL(host.url).host,
      WEBSITE_AUTH_ENABLED: null,
      FUNCTIONS_WORKER_RUNTIME: "node",
      FROM_FILE: "file",
    });
  });

  it("has its hooks run in order", async () => {
    expect(JSON.parse(await text("/api/hooks"))).toEqual(["appStart", "pre", "post"]);
  });
});
