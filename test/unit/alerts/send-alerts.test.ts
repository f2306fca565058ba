import { afterEach, describe, expect, test, vi } from "vitest";
import { type AlertTools, sendAlerts } from "../../../shared/alerts/send-alerts.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";

const secretUrl = "https://hooks.example/workflows/1?sig=very-secret";
const evil = "https://evil.example/";

const change: NetworkChange = {
  id: "1-a",
  spoke: "orders-prod",
  resourceId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg`,
  type: "Microsoft.Network/networkSecurityGroups",
  pointer: "/securityRules/by-hand",
  detectedAt: "2026-11-27T10:00:00Z",
  detectedBy: "event",
  origin: {
    eventId: "e",
    at: "2026-11-27T10:00:00Z",
    operation: "Microsoft.Network/networkSecurityGroups/securityRules/write",
    correlationId: null,
    caller: { name: `[click here](${evil})`, objectId: "o", applicationId: null, ipAddress: "203.0.113.7" },
  },
  severity: "critical",
  meanings: [{ code: "ReachableFromInternet", severity: "critical", message: "Newly reachable" }],
  summary: "nsg: Newly reachable from the Internet: Internet -> tier data Tcp 1433",
  gained: ["Internet -> tier data Tcp 1433"],
  lost: [],
  restoring: {
    action: "update",
    resourceId: "x",
    differences: [{ pointer: "/securityRules/by-hand", desired: null, observed: { url: evil } }],
  },
  prior: [],
  status: "Restored",
  restoredAt: "2026-11-27T10:00:01Z",
  error: null,
  undo: null,
  alerts: [{ target: "Channel", status: "Pending", attempts: 0, at: null, error: null }],
};

function tools(kind: "teams" | "webhook", address: string | null): AlertTools {
  return {
    targets: [{ name: "Channel", kind, urlSetting: "CHANNEL_URL", minimumSeverity: "low" }],
    setting: (name) => (name === "CHANNEL_URL" ? address : null),
    now: () => "2026-11-27T10:00:02Z",
  };
}

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function answering(answer: () => Promise<Response>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer();
  });
  return sent;
}

const status = (code: number) => async () => new Response(code === 204 ? null : "", { status: code });

afterEach(() => vi.unstubAllGlobals());

describe("an alert", () => {
  test.each(["teams", "webhook"] as const)(
    "to %s goes to the address of the setting and nowhere else",
    async (kind) => {
      const sent = answering(status(202));
      const [state] = await sendAlerts(tools(kind, secretUrl), change);
      expect(state).toEqual({
        target: "Channel",
        status: "Sent",
        attempts: 1,
        at: "2026-11-27T10:00:02Z",
        error: null,
      });
      expect(sent.map(({ url }) => url)).toEqual([secretUrl]);
      expect(sent[0]?.init).toMatchObject({ method: "POST", redirect: "error" });
    },
  );

  test("as a card has what others wrote in text runs, which know no links", async () => {
    const sent = answering(status(202));
    await sendAlerts(tools("teams", secretUrl), change);
    const message = JSON.parse(String(sent[0]?.init.body));
    expect(message.attachments[0].contentType).toBe("application/vnd.microsoft.card.adaptive");
    const blocks = message.attachments[0].content.body as { type: string; text?: string }[];
    const marked = blocks.filter(({ type }) => type === "TextBlock").map(({ text }) => text);
    expect(JSON.stringify(marked)).not.toContain(evil);
    expect(JSON.stringify(blocks)).toContain("203.0.113.7");
    expect(JSON.stringify(blocks)).toContain("/api/changes/1-a/undo");
  });

  test("as JSON is the change with what restores it, without how the telling goes", async () => {
    const sent = answering(status(200));
    await sendAlerts(tools("webhook", secretUrl), change);
    const { type, change: told } = JSON.parse(String(sent[0]?.init.body));
    expect(type).toBe("NetworkChange");
    expect(told).toMatchObject({ id: "1-a", restoring: { differences: [{ desired: null }] } });
    expect(told.alerts).toBeUndefined();
  });

  test.each<[string, () => Promise<Response>, string, RegExp]>([
    ["throttled", status(429), "Pending", /429/],
    ["down", status(503), "Pending", /503/],
    ["away", () => Promise.reject(new TypeError(`fetch failed ${secretUrl}`)), "Pending", /cannot be reached/],
    ["slow", () => Promise.reject(new DOMException("timeout", "TimeoutError")), "Pending", /in time/],
    ["gone, until somebody mends its address", status(404), "Pending", /404/],
    ["not to be told this", status(413), "Failed", /413/],
  ])("to a target that is %s is %s", async (_, answer, expected, error) => {
    answering(answer);
    const [state] = await sendAlerts(tools("webhook", secretUrl), change);
    expect(state?.status).toBe(expected);
    expect(state?.error).toMatch(error);
    expect(state?.error).not.toContain("secret");
  });

  test("is given up at last, so that a target that is gone does not hold work for ever", async () => {
    answering(status(503));
    const late = {
      ...change,
      alerts: [{ target: "Channel", status: "Pending", attempts: 19, at: null, error: null }],
    } as const;
    expect((await sendAlerts(tools("webhook", secretUrl), late))[0]?.status).toBe("Failed");
  });

  test("is sent again after growing pauses, for half a day", async () => {
    const sent = answering(status(503));
    let now = Date.parse("2026-11-27T10:00:00Z");
    const begin = now;
    let alerts: NetworkChange["alerts"] = change.alerts;
    for (let minutes = 0; minutes < 24 * 60; minutes++, now += 60_000) {
      const at = new Date(now).toISOString();
      alerts = await sendAlerts({ ...tools("webhook", secretUrl), now: () => at }, { ...change, alerts });
      if (alerts[0]?.status === "Failed") break;
    }
    expect(sent).toHaveLength(20);
    expect(now - begin).toBeGreaterThan(12 * 3_600_000);
  });

  test("of thousands of rules with endless lists of ports is small enough for its receiver", async () => {
    const sent = answering(status(202));
    const line = `anywhere -> tier data Tcp ${"1, ".repeat(5000)}`;
    const parts = Array.from({ length: 1000 }, (_, index) => ({ pointer: `/securityRules/rule-${index}` }));
    const huge: NetworkChange = {
      ...change,
      gained: Array.from({ length: 20 }, () => line),
      restoring: {
        ...change.restoring,
        differences: parts.map((part) => ({ ...part, desired: null, observed: "x".repeat(500) })),
      },
      prior: parts.map((part) => ({ ...part, value: "x".repeat(500) })),
    };
    await sendAlerts(tools("teams", secretUrl), huge);
    await sendAlerts(tools("webhook", secretUrl), huge);
    expect(String(sent[0]?.init.body).length).toBeLessThan(28_000);
    expect(String(sent[1]?.init.body).length).toBeLessThan(500_000);
    expect(JSON.parse(String(sent[1]?.init.body)).change.isShortened).toBe(true);
  });

  test.each([
    ["a missing setting", null],
    ["plain http", "http://hooks.example/"],
    ["no URL", "hooks"],
    ["a file", "file:///etc/passwd"],
  ])("is not sent by %s", async (_, address) => {
    const sent = answering(status(200));
    const [state] = await sendAlerts(tools("webhook", address), change);
    expect(sent).toEqual([]);
    expect(state?.status).toBe("Pending");
    expect(state?.error).toContain("CHANNEL_URL");
  });

  test("that was sent or is below the target's severity is not sent again", async () => {
    const sent = answering(status(200));
    const alerts = [
      { target: "Channel", status: "Sent", attempts: 1, at: null, error: null },
      { target: "Channel", status: "Skipped", attempts: 0, at: null, error: null },
    ] as const;
    expect(await sendAlerts(tools("webhook", secretUrl), { ...change, alerts })).toEqual(alerts);
    expect(sent).toEqual([]);
  });

  test("to a target that the configuration names no more is not sent", async () => {
    const sent = answering(status(200));
    const alerts = [{ target: evil, status: "Pending", attempts: 0, at: null, error: null }] as const;
    expect((await sendAlerts(tools("webhook", secretUrl), { ...change, alerts }))[0]?.status).toBe("Failed");
    expect(sent).toEqual([]);
  });
});
