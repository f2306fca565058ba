import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EndedChange } from "../../../local/arm/operations/ended-change.ts";
import type { ResourceType } from "../../../local/arm/resource-type.ts";
import { group, type SmallAzure, smallAzure } from "./small-azure.ts";

const common = { scope: "resourceGroup", apiVersions: ["2025-01-01"] } as const;
const note: ResourceType = {
  ...common,
  type: "Contoso.Widgets/notes",
  put: { operationName: "PutNoteOperation", prepare: (_context, body) => body },
};
/** A type whose action writes a note that goes after an hour, as another service would. */
const desk: ResourceType = {
  ...common,
  type: "Contoso.Widgets/desks",
  put: { operationName: "PutDeskOperation", prepare: (_context, body) => body },
  actions: {
    jot: {
      invoke: () => ({ status: 202 }),
      completed: (context, body) => {
        const id = `${group}/providers/Contoso.Widgets/notes/note`;
        context.writeAsService(id, { properties: { body } });
        context.removeAsService(id, new Date(context.world.now.getTime() + 3_600_000));
      },
    },
  },
};

let azure: SmallAzure;
let changes: EndedChange[];
beforeEach(() => {
  vi.useFakeTimers();
  azure = smallAzure([note, desk]);
  changes = [];
  azure.engine.changes.listen((change) => changes.push(change));
});
afterEach(() => {
  azure.close();
  vi.useRealTimers();
});

const path = (kind: string, name: string) => `${group}/providers/Contoso.Widgets/${kind}/${name}`;
const told = () => changes.map(({ kind, resourceId, action }) => [kind, resourceId.split("/").at(-1), action]);

test("a service's writes and removals stand, are told, and come at their time by themselves", () => {
  azure.call("PUT", path("desks", "one"), { properties: {} });
  changes.length = 0;
  expect(azure.call("POST", `${path("desks", "one")}/jot`, { text: "milk" }).status).toBe(202);
  expect(azure.call("GET", path("notes", "note")).body).toMatchObject({ properties: { body: { text: "milk" } } });
  expect(told()).toEqual([
    ["Write", "note", "Contoso.Widgets/notes/write"],
    ["Action", "one", "Contoso.Widgets/desks/jot/action"],
  ]);
  changes.length = 0;
  vi.advanceTimersByTime(3_599_000);
  expect(azure.engine.resources.get(path("notes", "note"))).toBeDefined();
  vi.advanceTimersByTime(2_000);
  expect(azure.engine.resources.get(path("notes", "note"))).toBeUndefined();
  expect(told()).toEqual([["Delete", "note", "Contoso.Widgets/notes/delete"]]);
});

test("nobody is kept from the resource meanwhile", () => {
  azure.call("PUT", path("desks", "one"), { properties: {} });
  azure.call("POST", `${path("desks", "one")}/jot`, { text: "milk" });
  expect(azure.call("PUT", path("notes", "note"), { properties: { mine: true } }).status).toBe(200);
});

test("an action that is refused changes nothing", () => {
  expect(azure.call("POST", `${path("desks", "none")}/jot`, {}).status).toBe(404);
  expect(azure.engine.resources.get(path("notes", "note"))).toBeUndefined();
  expect(changes).toEqual([]);
});
