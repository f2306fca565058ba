import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../../local/arm/requests/arm-request.ts";
import { group, nobody, type SmallAzure, smallAzure } from "./small-azure.ts";
import { widgetTypes } from "./widget-types.ts";

const widgets = `${group}/providers/Contoso.Widgets/widgets`;
const here = { location: "westeurope" };
const parts = (...names: string[]) => names.map((name) => ({ name, properties: { size: 1 } }));

const codeOf = ({ body }: Answer) => (body as { error?: { code: string } } | undefined)?.error?.code;
// biome-ignore lint/suspicious/noExplicitAny: documents are looked at member by member
const read = ({ body }: Answer) => body as any;

describe("at once (speed 0)", () => {
  let azure: SmallAzure;
  beforeEach(() => {
    azure = smallAzure(widgetTypes);
  });
  afterEach(() => azure.close());

  it("creates with 201, updates with 200, and gives every write a new etag", () => {
    const created = azure.call("PUT", `${widgets}/w`, { ...here, properties: { color: "red" } });
    const updated = azure.call("PUT", `${widgets}/w`, here);
    expect([created.status, updated.status]).toEqual([201, 200]);
    expect(read(created)).toMatchObject({ name: "w", properties: { provisioningState: "Succeeded", color: "red" } });
    expect(read(updated).properties.color).toBeUndefined();
    expect(read(updated).etag).not.toBe(read(created).etag);
  });

  it("ignores what is read-only in a body", () => {
    const answer = azure.call("PUT", `${widgets}/w`, {
      ...here,
      id: "/other",
      name: "other",
      etag: "x",
      properties: { provisioningState: "Failed" },
    });
    expect(read(answer)).toMatchObject({
      id: `${widgets}/w`,
      name: "w",
      properties: { provisioningState: "Succeeded" },
    });
  });

  it("honours If-Match and If-None-Match", () => {
    const { etag } = read(azure.call("PUT", `${widgets}/w`, here));
    const stale = azure.call("PUT", `${widgets}/w`, here, { headers: { "if-match": 'W/"0"' } });
    expect([stale.status, codeOf(stale), read(stale).error.details[0].code]).toEqual([
      412,
      "PreconditionFailed",
      "PreconditionFailedEtagMismatch",
    ]);
    expect(azure.call("PUT", `${widgets}/w`, here, { headers: { "if-match": etag } }).status).toBe(200);
    expect(azure.call("PUT", `${widgets}/w`, here, { headers: { "if-none-match": "*" } }).status).toBe(412);
    expect(azure.call("PUT", `${widgets}/new`, here, { headers: { "if-match": "*" } }).status).toBe(412);
    expect(azure.call("DELETE", `${widgets}/w`, undefined, { headers: { "if-match": etag } }).status).toBe(412);
  });

  it("writes inline children by the parent's body and by their own URL, with the parent's etag", () => {
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: parts("a", "b") } });
    const child = azure.call("PUT", `${widgets}/w/parts/C`, { properties: { size: 3 } });
    expect([child.status, read(child).id]).toEqual([201, `${widgets}/w/parts/C`]);
    const parent = read(azure.call("GET", `${widgets}/w`));
    expect(parent.properties.parts.map((each: { name: string }) => each.name)).toEqual(["a", "b", "C"]);
    expect(parent.properties.parts[0]).toMatchObject({
      etag: parent.etag,
      properties: { provisioningState: "Succeeded" },
    });
    expect(read(azure.call("GET", `${widgets}/w/parts/c`)).etag).toBe(parent.etag);
    expect(read(azure.call("GET", `${widgets}/w/parts`)).value).toHaveLength(3);
    expect(azure.call("DELETE", `${widgets}/w/parts/a`).status).toBe(202);
    expect(read(azure.call("GET", `${widgets}/w/parts`)).value).toHaveLength(2);
  });

  it("keeps or removes children that a parent's body does not mention, as the api-version says", () => {
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: parts("a") } });
    azure.call("PUT", `${widgets}/w?api-version=2026-01-01`, here);
    expect(read(azure.call("GET", `${widgets}/w`)).properties.parts).toHaveLength(1);
    azure.call("PUT", `${widgets}/w?api-version=2025-01-01`, here);
    expect(read(azure.call("GET", `${widgets}/w`)).properties.parts).toHaveLength(0);
  });

  it("refuses a body whose children are refused, are dropped though they must stay, or share a name; nothing is written", () => {
    const welded = { name: "welded", properties: { size: 1, welded: true } };
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: [welded] } });
    const put = (...given: unknown[]) => azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: given } });
    expect(codeOf(put(welded, { name: "bad", properties: {} }))).toBe("SizeMissing");
    expect(codeOf(put())).toBe("Welded");
    expect(codeOf(put(welded, ...parts("x", "X")))).toBe("InvalidRequestContent");
    expect(codeOf(put(welded, { properties: { size: 1 } }))).toBe("InvalidRequestContent");
    expect(codeOf(put(welded, ...parts("a", "b", "c")))).toBe("TooManyParts");
    expect(read(azure.call("GET", `${widgets}/w`)).properties.parts).toHaveLength(1);
  });

  it("checks the whole parent when one child is written", () => {
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: parts("a", "b", "c") } });
    expect(codeOf(azure.call("PUT", `${widgets}/w/parts/d`, { properties: { size: 1 } }))).toBe("TooManyParts");
  });

  it("shows computed children, and no other", () => {
    azure.call("PUT", `${widgets}/w`, here);
    expect(read(azure.call("GET", `${widgets}/w/defaults/BASE`)).id).toBe(`${widgets}/w/defaults/base`);
    expect(read(azure.call("GET", `${widgets}/w/defaults`)).value).toHaveLength(1);
    expect(azure.call("GET", `${widgets}/w/defaults/none`).status).toBe(404);
    expect(azure.call("PUT", `${widgets}/w/defaults/base`, {}).status).toBe(405);
  });

  it("tells a missing child, parent and resource apart", () => {
    azure.call("PUT", `${widgets}/w`, here);
    expect(codeOf(azure.call("GET", `${widgets}/w/parts/none`))).toBe("NotFound");
    expect(codeOf(azure.call("GET", `${widgets}/none/parts/none`))).toBe("ResourceNotFound");
    expect(codeOf(azure.call("PUT", `${widgets}/none/parts/p`, { properties: { size: 1 } }))).toBe(
      "ParentResourceNotFound",
    );
    expect(codeOf(azure.call("PUT", `${widgets}/none/labels/l`, {}))).toBe("ParentResourceNotFound");
    expect(codeOf(azure.call("GET", `${widgets}/none`))).toBe("ResourceNotFound");
  });

  it("writes nested types of their own, and deletes them with their parent", () => {
    azure.call("PUT", `${widgets}/w`, here);
    expect(azure.call("PUT", `${widgets}/w/labels/l`, { properties: { text: "hello" } }).status).toBe(201);
    expect(read(azure.call("GET", `${widgets}/w/labels`)).value).toHaveLength(1);
    azure.call("DELETE", `${widgets}/w`);
    azure.call("PUT", `${widgets}/w`, here);
    expect(read(azure.call("GET", `${widgets}/w/labels`)).value).toHaveLength(0);
  });

  it("follows references: shape, type, existence", () => {
    const put = (friend: string) => azure.call("PUT", `${widgets}/w`, { ...here, properties: { friend } });
    expect(codeOf(put("no id"))).toBe("LinkedInvalidPropertyId");
    expect(codeOf(put(`${widgets}/none`))).toBe("InvalidResourceReference");
    expect(codeOf(put(`${widgets}/none/parts/p`))).toBe("InvalidResourceReference");
  });

  it("knows who refers to whom, and runs the effects of a deletion on others", () => {
    azure.call("PUT", `${widgets}/friend`, here);
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { friend: `${widgets}/FRIEND` } });
    expect(codeOf(azure.call("DELETE", `${widgets}/friend`))).toBe("InUse");
    azure.call("DELETE", `${widgets}/w`);
    expect(read(azure.call("GET", `${widgets}/friend`)).properties.lost).toBe("w");
    expect(azure.call("DELETE", `${widgets}/friend`).status).toBe(202);
  });

  it("changes tags alone by PATCH", () => {
    azure.call("PUT", `${widgets}/w`, { ...here, tags: { a: "1" }, properties: { color: "red" } });
    expect(read(azure.call("PATCH", `${widgets}/w`, { tags: { b: "2" } }))).toMatchObject({
      tags: { b: "2" },
      properties: { color: "red" },
    });
    expect(azure.call("PATCH", `${widgets}/w`, { properties: {} }).status).toBe(400);
    expect(azure.call("PATCH", `${widgets}/none`, { tags: {} }).status).toBe(404);
  });

  it("answers queries, HEAD, and refuses methods it does not have", () => {
    azure.call("PUT", `${widgets}/w`, here);
    expect(read(azure.call("GET", `${widgets}/w/weight`))).toEqual({ weight: 1 });
    expect(azure.call("HEAD", `${widgets}/w`).status).toBe(204);
    expect(azure.call("HEAD", `${widgets}/none`).status).toBe(404);
    expect(azure.call("POST", `${widgets}/w/explode`).status).toBe(501);
    expect(azure.call("PATCH", `${widgets}/w/parts/x`, {}).status).toBe(405);
  });

  it("pages without losing or repeating an entry while the list changes", () => {
    for (const name of ["a", "b", "c", "d", "e"]) azure.call("PUT", `${widgets}/${name}`, here);
    const first = read(azure.call("GET", widgets));
    azure.call("DELETE", `${widgets}/b`);
    const second = read(azure.call("GET", widgets + new URL(first.nextLink).search));
    const names = [...first.value, ...second.value].map((each: { name: string }) => each.name);
    expect(names).toEqual(["a", "b", "c", "d"]);
  });

  it("fails the operation with the type's own refusal, and with an internal error for a defect", () => {
    const failing = azure.call("PUT", `${widgets}/w`, { ...here, properties: { fails: true } });
    const follow = (answer: Answer) =>
      azure.call("GET", String(answer.headers?.["azure-asyncoperation"]).replace("https://127.0.0.1", ""));
    expect(read(follow(failing))).toMatchObject({ status: "Failed", error: { code: "WidgetBroken" } });
    expect(read(azure.call("GET", `${widgets}/w`)).properties.provisioningState).toBe("Failed");
    const broken = azure.call("PUT", `${widgets}/v`, { ...here, properties: { breaks: true } });
    expect(read(follow(broken))).toMatchObject({ status: "Failed", error: { code: "InternalServerError" } });
    expect(azure.defects).toHaveLength(1);
  });

  it("ends an operation as an ordered fault says", () => {
    const follow = (answer: Answer) =>
      azure.call("GET", String(answer.headers?.["azure-asyncoperation"]).replace("https://127.0.0.1", ""));
    const failed = azure.call("PUT", `${widgets}/w`, here, { fault: "lro-failed" });
    expect(read(follow(failed))).toMatchObject({ status: "Failed", error: { code: "InternalServerError" } });
    const superseded = azure.call("PUT", `${widgets}/w`, here, { fault: "lro-superseded" });
    expect(read(follow(superseded))).toMatchObject({
      status: "Canceled",
      error: { details: [{ code: "CanceledAndSupersededDueToAnotherOperation" }] },
    });
  });

  it("asks for permission before it says whether a resource stands", () => {
    const answer = azure.call("GET", `${widgets}/none`, undefined, { as: nobody });
    expect([answer.status, codeOf(answer)]).toEqual([403, "AuthorizationFailed"]);
    expect(read(answer).error.message).toContain("'Contoso.Widgets/widgets/read' over scope");
  });
});

describe("while operations run (realistic speed)", () => {
  let azure: SmallAzure;
  beforeEach(() => {
    azure = smallAzure(widgetTypes, 1);
    azure.call("PUT", `${widgets}/w`, { ...here, properties: { parts: parts("a") } });
  });
  afterEach(() => azure.close());
  const endAll = () => {
    for (const operation of azure.engine.operations.running()) azure.engine.operations.put({ ...operation, dueAt: 0 });
    azure.engine.clock.tick();
  };

  it("refuses writes of what is busy: itself, its children, and its conflict domains", () => {
    expect(codeOf(azure.call("PUT", `${widgets}/w`, here))).toBe("AnotherOperationInProgress");
    expect(codeOf(azure.call("DELETE", `${widgets}/w`))).toBe("AnotherOperationInProgress");
    expect(codeOf(azure.call("DELETE", `${widgets}/w/parts/a`))).toBe("AnotherOperationInProgress");
    expect(codeOf(azure.call("PATCH", `${widgets}/w`, { tags: {} }))).toBe("AnotherOperationInProgress");
    endAll();
    azure.call("PUT", `${widgets}/v`, { ...here, properties: { friend: `${widgets}/w` } });
    expect(codeOf(azure.call("PUT", `${widgets}/w`, here))).toBe("AnotherOperationInProgress");
  });

  it("refuses a reference to what is not provisioned yet, naming state and operation", () => {
    const answer = azure.call("PUT", `${widgets}/v`, { ...here, properties: { friend: `${widgets}/w` } });
    expect(codeOf(answer)).toBe("ReferencedResourceNotProvisioned");
    expect(read(answer).error.message).toContain("Updating state");
    expect(read(answer).error.message).toContain("PutWidgetOperation");
  });

  it("lets a newer PUT supersede where the type says so, and finishes the older one's resources", () => {
    endAll();
    const first = azure.call("PUT", `${widgets}/w/parts/b`, { properties: { size: 1 } });
    const second = azure.call("PUT", `${widgets}/w/parts/c`, { properties: { size: 1 } });
    expect([first.status, second.status]).toEqual([201, 201]);
    const id = String(first.headers?.["azure-asyncoperation"]).replace("https://127.0.0.1", "");
    expect(read(azure.call("GET", id))).toMatchObject({
      status: "Canceled",
      error: { code: "Canceled", details: [{ code: "CanceledAndSupersededDueToAnotherOperation" }] },
    });
    endAll();
    const states = read(azure.call("GET", `${widgets}/w/parts`)).value.map(
      (each: { properties: { provisioningState: string } }) => each.properties.provisioningState,
    );
    expect(states).toEqual(["Succeeded", "Succeeded", "Succeeded"]);
  });

  it("shows Deleting until the resource is gone", () => {
    endAll();
    const accepted = azure.call("DELETE", `${widgets}/w`);
    expect(read(azure.call("GET", `${widgets}/w`)).properties.provisioningState).toBe("Deleting");
    const result = String(accepted.headers?.location).replace("https://127.0.0.1", "");
    expect(azure.call("GET", result).status).toBe(202);
    endAll();
    expect(azure.call("GET", result).status).toBe(204);
    expect(azure.call("GET", `${widgets}/w`).status).toBe(404);
  });

  it("shows an action's answer when it has ended", () => {
    const accepted = azure.call("POST", `${widgets}/w/spin`, { times: 2 });
    expect([accepted.status, accepted.body]).toEqual([202, undefined]);
    const result = String(accepted.headers?.location).replace("https://127.0.0.1", "");
    expect(azure.call("GET", result).status).toBe(202);
    endAll();
    expect(azure.call("GET", result)).toMatchObject({ status: 200, body: { spun: { times: 2 } } });
  });
});
