import { describe, expect, it } from "vitest";
import { sameRequest } from "../../../shared/domain/same-request.ts";
import { type Document, requestAfter } from "./contract-request.ts";

const second = { from: ["front", "app"], to: "203.0.113.7", port: 443 };
const original = requestAfter((each) => each.outboundAccess.push(second));
const changed = (change: (request: Document) => void) =>
  requestAfter((each) => {
    each.outboundAccess.push({ ...second });
    change(each);
  });

describe("the same request", () => {
  it("may spell defaults out, write GUIDs in upper case and order its keys otherwise", () => {
    const other = changed((each) => {
      const { name, ...rest } = each;
      for (const key of Object.keys(each)) delete each[key];
      Object.assign(each, rest, { name });
      each.application.tiers[0].replicates = false;
      each.application.clientId = each.application.clientId.toUpperCase();
    });
    expect(sameRequest(original, other)).toBe(true);
  });

  it("may order sets otherwise", () => {
    const other = changed((each) => {
      each.outboundAccess.reverse();
      each.outboundAccess[0].from = ["app", "front"];
      each.managementAccess[0].to.reverse();
    });
    expect(sameRequest(original, other)).toBe(true);
  });

  it.each<[string, (request: Document) => void]>([
    ["another order of tiers", (each) => each.application.tiers.reverse()],
    ["another port", (each) => (each.application.tiers[0].port = 8443)],
    ["another description", (each) => (each.application.flows[0].description = "x")],
    ["another tag", (each) => (each.tags.owner = "others")],
    ["one access less", (each) => each.outboundAccess.pop()],
    [
      "another topology",
      (each) => {
        each.outboundAccess.splice(0, 1);
        each.topology = "standalone";
      },
    ],
    ["no prefix", (each) => delete each.addressPrefix],
  ])("is not one with %s", (_, change) => {
    expect(sameRequest(original, changed(change))).toBe(false);
  });
});
