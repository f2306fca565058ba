import { randomUUID } from "node:crypto";
import type { Engine } from "../engine/engine.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import { withChild } from "../store/child-entries.ts";
import { isInline } from "../type-registry.ts";
import type { Caller, CompletionContext, World } from "../world.ts";
import { takeOut } from "./take-out.ts";

const succeeded = "Succeeded";

/** The context of an operation's end, in which other resources may change. */
export class LiveCompletionContext implements CompletionContext {
  readonly id: ResourceId;
  readonly resource: Resource;
  readonly caller: Caller;
  readonly world: World;
  readonly #engine: Engine;

  constructor(engine: Engine, resource: Resource, caller: Caller) {
    this.id = idOf(resource.id);
    this.resource = resource;
    this.caller = caller;
    this.world = engine.world;
    this.#engine = engine;
  }

  update(id: string, change: (body: ResourceBody) => ResourceBody): void {
    const current = this.#engine.resources.get(id);
    if (current !== undefined) this.#write(current.id, change(current.body), current);
  }

  write(id: string, body: ResourceBody): void {
    const current = this.#engine.resources.get(id);
    this.#write(current?.id ?? id, body, current);
  }

  remove(id: string): void {
    for (const gone of takeOut(this.#engine, id)) runRemoveEffects(this.#engine, gone, this.caller);
  }

  writeAsService(id: string, body: ResourceBody): void {
    const { resources, types, changes } = this.#engine;
    const known = resources.get(id) !== undefined;
    this.write(id, body);
    const action = `${types.get(idOf(id).type)?.type}/write`;
    const { principalId } = this.caller;
    changes.tell({ kind: "Write", outcome: "Success", resourceId: id, action, principalId, known, origin: undefined });
  }

  removeAsService(id: string, at: Date): void {
    const { operations, types } = this.#engine;
    const { type, subscriptionId } = idOf(id);
    const put = types.get(type)?.put?.operationName ?? "";
    operations.put({
      id: randomUUID(),
      kind: "remove",
      name: `Delete${put.replace(/^Put/, "")}`,
      resourceId: id,
      resourceType: types.get(type)?.type ?? type,
      subscriptionId,
      location: "global",
      principalId: this.caller.principalId,
      clientId: this.caller.clientId,
      apiVersion: "",
      longRunning: undefined,
      status: "InProgress",
      startedAt: this.world.now.toISOString(),
      dueAt: at.getTime(),
      domains: [],
      touched: [{ id, change: "remove" }],
    });
  }

  #write(id: string, body: ResourceBody, current: Resource | undefined): void {
    const { resources, types } = this.#engine;
    const parsed = idOf(id);
    const type = types.get(parsed.type);
    if (type === undefined) throw new Error(`No definition of the resource type ${parsed.type}.`);
    const state = {
      provisioningState: current?.provisioningState ?? succeeded,
      lastOperation: current?.lastOperation ?? type.put?.operationName ?? "",
    } as const;
    if (isInline(type)) {
      const parent = resources.stored(parsed.parentId ?? "");
      if (parent !== undefined) resources.put(withChild(parent, type, { name: parsed.name, ...body }, state));
      return;
    }
    const stored = resources.stored(id);
    resources.put({
      ...state,
      id,
      name: parsed.name,
      type: type.type,
      body,
      etag: `W/"${randomUUID()}"`,
      children: stored?.children ?? {},
      createdAt: stored?.createdAt ?? new Date().toISOString(),
    });
  }
}

/** What follows from a resource being gone. */
export function runRemoveEffects(engine: Engine, gone: Resource, caller: Caller): void {
  const effects = engine.types.get(gone.type)?.remove?.completed;
  if (effects !== undefined) effects(new LiveCompletionContext(engine, gone, caller));
}

function idOf(id: string): ResourceId {
  const parsed = parseResourceId(id);
  if (parsed === undefined) throw new Error(`Not an id of Azure Resource Manager: ${id}`);
  return parsed;
}
