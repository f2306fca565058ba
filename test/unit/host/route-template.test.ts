import { describe, expect, it } from "vitest";
import { parseRouteTemplate, RouteTemplateError } from "../../../local/host/http/route-template.ts";

const match = (template: string, path: string) =>
  parseRouteTemplate(template).match(path === "" ? [] : path.split("/"));

describe("a route", () => {
  it.each([
    ["api/spokes", "API/Spokes", {}],
    ["spokes/{name}", "spokes/a%20b", { name: "a b" }],
    ["spokes/{name}/plan", "spokes/x/plan", { name: "x" }],
    ["a/{b?}", "a", {}],
    ["a/{b=1}", "a", { b: "1" }],
    ["a/{b=1}", "a/2", { b: "2" }],
    ["a/{*rest}", "a", {}],
    ["a/{*rest}", "a/b/c", { rest: "b/c" }],
    ["a/{**rest}", "a/b/c", { rest: "b/c" }],
    ["{a}-{b}", "1-2-3", { a: "1-2", b: "3" }],
    ["v{version:int}.json", "v12.json", { version: "12" }],
    ["a/{b:regex(^\\d{{2}}$)}", "a/12", { b: "12" }],
    ["a/{b:length(2,3):alpha}", "a/xyz", { b: "xyz" }],
    ["", "", {}],
  ])("%s matches %s", (template, path, params) => {
    expect(match(template, path)).toEqual(params);
  });

  it.each([
    ["api/spokes", "api/spokes/x"],
    ["spokes/{name}", "spokes"],
    ["spokes/{name}", "spokes/a/b"],
    ["a/{b:int}", "a/x"],
    ["a/{b:int}", "a/99999999999"],
    ["a/{b:guid}", "a/1234"],
    ["a/{b:bool}", "a/yes"],
    ["a/{b:length(2,3)}", "a/x"],
    ["a/{b:length(2)}", "a/xyz"],
    ["a/{b:min(3)}", "a/2"],
    ["a/{b:max(3)}", "a/4"],
    ["a/{b:range(1,3)}", "a/4"],
    ["a/{b:minlength(2)}", "a/x"],
    ["a/{b:maxlength(2)}", "a/xyz"],
    ["a/{b:datetime}", "a/tomorrow"],
    ["a/{b:regex(^\\d{{2}}$)}", "a/123"],
    ["v{version:int}.json", "v1xjson"],
  ])("%s does not match %s", (template, path) => {
    expect(match(template, path)).toBeUndefined();
  });

  it.each([["a/{b:nosuch}"], ["a/{b"], ["a/b}"], ["a/{}"], ["a/x{b?}"], ["a/{b:length(x)}"], ["a/{b:constructor}"]])(
    "%s is refused",
    (template) => {
      expect(() => parseRouteTemplate(template)).toThrow(RouteTemplateError);
    },
  );
});
