import type { Engine } from "../engine/engine.ts";
import {
  invalidResourceReference,
  linkedAuthorizationFailed,
  linkedInvalidPropertyId,
  referencedResourceNotProvisioned,
} from "../errors/reference-errors.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import type { Caller, ReferenceDemand, World, WriteContext } from "../world.ts";

/** What a context is made from. */
export interface ContextParts {
  readonly id: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly action: string;
}

/** The context in which a resource type decides about a write. */
export class LiveWriteContext implements WriteContext {
  readonly id: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly world: World;
  readonly existing: Resource | undefined;
  readonly parent: Resource | undefined;
  readonly #engine: Engine;
  readonly #action: string;

  constructor(engine: Engine, parts: ContextParts) {
    this.id = parts.id;
    this.apiVersion = parts.apiVersion;
    this.query = parts.query;
    this.caller = parts.caller;
    this.world = engine.world;
    this.existing = engine.resources.get(parts.id.id);
    this.parent = parts.id.parentId === undefined ? undefined : engine.resources.get(parts.id.parentId);
    this.#engine = engine;
    this.#action = parts.action;
  }

  requireAction(scopeId: string, action: string): void {
    const { principalId } = this.caller;
    if (this.#engine.access.grants(principalId, scopeId, action).length > 0) return;
    throw linkedAuthorizationFailed(principalId, this.#action, this.id.id, action, scopeId);
  }

  reference(id: string, demand: ReferenceDemand = {}): Resource {
    const parsed = parseResourceId(id);
    if (parsed?.kind !== "resource") throw linkedInvalidPropertyId(id);
    if (demand.type !== undefined && demand.type.toLowerCase() !== parsed.type.toLowerCase()) {
      throw invalidResourceReference(id, this.id.id);
    }
    if (demand.joinAction !== false) {
      const type = this.#engine.types.get(parsed.type)?.type ?? parsed.type;
      this.requireAction(parsed.id, `${type}/${demand.joinAction ?? "join"}/action`);
    }
    const target = this.world.get(parsed.id);
    if (target === undefined) throw invalidResourceReference(id, this.id.id);
    if (demand.provisioned !== false && target.provisioningState !== "Succeeded") {
      throw referencedResourceNotProvisioned(target.id, this.id.id, target.provisioningState, target.lastOperation);
    }
    return target;
  }
}
