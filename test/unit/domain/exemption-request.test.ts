import { describe, expect, test } from "vitest";
import { amendmentsInForce } from "../../../shared/domain/amendment.ts";
import { exemptionOf, exemptionView, isForgotten } from "../../../shared/domain/exemption.ts";
import { parseExemptionRequest } from "../../../shared/domain/exemption-request.ts";

const group =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod/providers/Microsoft.Network/networkSecurityGroups/nsg-orders-prod-data";
const bounds = {
  now: "2026-11-27T12:00:00.000Z",
  longest: "P90D",
  controls: new Set(["ZT-5.6"]),
  holds: (id: string) => id.startsWith(group.slice(0, 60)),
};
const good = {
  spoke: "orders-prod",
  resourceId: group,
  rule: "by-hand",
  reason: "Migration",
  expiresAt: "2026-12-01T00:00:00Z",
};

function codesOf(body: unknown, changes: Partial<typeof bounds> = {}): string[] {
  const parsed = parseExemptionRequest(body, { ...bounds, ...changes });
  return parsed.ok ? [] : parsed.violations.map(({ pointer, code }) => `${pointer} ${code}`).toSorted();
}

describe("a request for an exemption", () => {
  test.each([
    ["of a rule", good, ["/securityRules/by-hand"]],
    ["of a whole resource", { ...good, rule: undefined }, [""]],
    [
      "of parts",
      { ...good, rule: null, pointers: ["/tags/owner", "/securityRules"] },
      ["/tags/owner", "/securityRules"],
    ],
    ["of a control", { ...good, resourceId: undefined, rule: undefined, control: "ZT-5.6" }, []],
  ])("%s becomes an amendment of the caller", (_, body, tolerated) => {
    const parsed = parseExemptionRequest(body, bounds);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations));
    const amendment = exemptionOf(parsed.value, "exemption-1", { objectId: "o", name: "Ada" }, bounds.now);
    expect(amendment).toMatchObject({ origin: "exemption", owner: { name: "Ada" }, tolerated, properties: [] });
    expect(amendment.expiresAt).toBe("2026-12-01T00:00:00.000Z");
  });

  test.each([
    [null, [" wrong-type", "/resourceId missing"]],
    [{}, ["/expiresAt missing", "/reason missing", "/resourceId missing", "/spoke missing"]],
    [{ ...good, reason: "" }, ["/reason too-short"]],
    [{ ...good, until: "2027" }, ["/until unknown-field"]],
    [{ ...good, expiresAt: "2026-11-27T12:00:00Z" }, ["/expiresAt in-the-past"]],
    [{ ...good, expiresAt: "2027-02-26T00:00:00Z" }, ["/expiresAt too-late"]],
    [{ ...good, expiresAt: "2026-12-01T00:00:00+01:00" }, ["/expiresAt malformed"]],
    [{ ...good, rule: "no good/name" }, ["/rule malformed"]],
    [{ ...good, rule: null, pointers: ["securityRules"] }, ["/pointers/0 malformed"]],
    [{ ...good, pointers: ["/tags"] }, ["/pointers not-with-rule"]],
    [{ ...good, control: "ZT-5.6" }, ["/rule not-with-control"]],
    [{ ...good, rule: null, control: "ZT-99" }, ["/control unknown-control"]],
    [{ ...good, resourceId: "/subscriptions/x/../y" }, ["/resourceId invalid", "/rule no-security-group"]],
    [{ ...good, resourceId: "/subscriptions/2/resourceGroups/rg-x", rule: null }, ["/resourceId not-of-the-spoke"]],
  ])("%j is refused with everything that is wrong", (body, codes) => {
    expect(codesOf(body)).toEqual(codes);
  });

  test("of a spoke that there is not is refused", () => {
    expect(codesOf(good, { holds: null as unknown as typeof bounds.holds })).toEqual(["/spoke unknown-spoke"]);
  });
});

test("who asks is told beside the owner that they name", () => {
  const owner = { objectId: "44444444-4444-4444-4444-444444444444", name: "The CISO" };
  const parsed = parseExemptionRequest({ ...good, owner }, bounds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations));
  const one = exemptionOf(parsed.value, "exemption-1", { objectId: "o", name: "Ada" }, bounds.now);
  expect(exemptionView(one, bounds.now)).toMatchObject({ owner, askedBy: { objectId: "o", name: "Ada" } });
  const { askedBy: _askedBy, ...former } = one;
  expect(exemptionView(former, bounds.now)).toMatchObject({ owner, askedBy: owner });
});

test("an exemption that has expired counts for nothing, is kept 30 days for the record, and then forgotten", () => {
  const parsed = parseExemptionRequest(good, bounds);
  if (!parsed.ok) throw new Error("not parsed");
  const one = exemptionOf(parsed.value, "exemption-1", { objectId: "o", name: "Ada" }, bounds.now);
  expect(amendmentsInForce([one], "orders-prod", "2026-11-30T23:59:59.999Z")).toHaveLength(1);
  expect(amendmentsInForce([one], "orders-prod", "2026-12-01T00:00:00.000Z")).toHaveLength(0);
  expect(exemptionView(one, "2026-12-02T00:00:00Z").status).toBe("Expired");
  expect(isForgotten(one, "2026-12-30T00:00:00Z")).toBe(false);
  expect(isForgotten(one, "2027-01-01T00:00:00Z")).toBe(true);
});
