import { describe, expect, it } from "vitest";
import { isWithin, parseResourceId, sameId } from "../../../local/arm/resource-id.ts";

const sub = "/subscriptions/s";
const resource = `${sub}/resourceGroups/g/providers/A.B/c/d`;

describe("resource ids", () => {
  it.each([
    ["/", "tenant", undefined],
    [sub, "subscription", "/"],
    [`${sub}/resourcegroups/g`, "resourceGroup", sub],
    [resource, "resource", `${sub}/resourceGroups/g`],
    [`${resource}/e/f`, "resource", resource],
    [`${sub}/providers/A.B/c/d`, "resource", sub],
    ["/providers/Microsoft.Management/managementGroups/m", "managementGroup", "/"],
    [`${resource}/providers/E.F/g/h`, "resource", resource],
  ])("reads %s", (id, kind, parentId) => {
    expect(parseResourceId(id)).toMatchObject({ kind, parentId });
  });

  it.each([
    "x",
    "/subscriptions",
    "/subscriptions/s/resourceGroups",
    "/subscriptions/s/providers/A.B/c",
    "/foo/bar",
    "//",
  ])("refuses %s", (id) => expect(parseResourceId(id)).toBeUndefined());

  it("holds an extension's scope apart from a nested parent", () => {
    const lock = parseResourceId(`${resource}/providers/Microsoft.Authorization/locks/l`);
    expect(lock).toMatchObject({ type: "Microsoft.Authorization/locks", extendedId: resource });
  });

  it("compares without regard to case and does not take a prefix for a parent", () => {
    expect(sameId(`${sub}/resourceGroups/G`, `${sub}/RESOURCEGROUPS/g/`)).toBe(true);
    expect(isWithin(`${sub}/resourceGroups/group2`, `${sub}/resourceGroups/group`)).toBe(false);
    expect(isWithin(sub, "/")).toBe(true);
  });
});
