import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArmError } from "../../../local/arm/arm-error.ts";
import { plainPath } from "../../../local/arm/requests/arm-path.ts";

describe("paths", () => {
  it("collapse slashes and are decoded segment by segment", () => {
    expect(plainPath("//subscriptions///s/resource%47roups/a%20b/")).toEqual([
      "subscriptions",
      "s",
      "resourceGroups",
      "a b",
    ]);
  });

  it("never climb, hide a slash or carry a control character", () => {
    const piece = fc.constantFrom("..", ".", "%2e", "%2E%2e", "/", "%2f", "%00", "%", "a", "é", "%c3%a9", "\u0007");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const segments = segmentsOrRefusal(`/${pieces.join("")}`);
        for (const segment of segments) {
          expect(segment).not.toMatch(/^\.{0,2}$/);
          expect(segment).not.toContain("/");
          expect(segment).not.toContain("\u0000");
        }
      }),
    );
  });
});

function segmentsOrRefusal(path: string): readonly string[] {
  try {
    return plainPath(path);
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    return [];
  }
}
