import type { Engine } from "../engine/engine.ts";
import { idKey } from "../resource-id.ts";

type RolesByScope = ReadonlyMap<string, ReadonlySet<string>>;

/** What one principal may read, for questions about thousands of resources. */
export class VisibleScopes {
  readonly #engine: Engine;
  readonly #principalId: string;
  readonly #byAction = new Map<string, RolesByScope>();

  constructor(engine: Engine, principalId: string) {
    this.#engine = engine;
    this.#principalId = principalId;
  }

  /** True where role assignments let the principal read resources of the type at the id. */
  mayRead(id: string, type: string): boolean {
    const permitting = this.#permitting(`${type}/read`);
    return permitting.size > 0 && scopesAbove(id).some((scope) => permitting.has(scope));
  }

  /** Tells that the principal was shown a resource, by the roles that made it visible. */
  noteShown(id: string, type: string): void {
    const { onGranted } = this.#engine.access;
    if (onGranted === undefined) return;
    const permitting = this.#permitting(`${type}/read`);
    const roles = new Set(scopesAbove(id).flatMap((scope) => [...(permitting.get(scope) ?? [])]));
    const [principalId, action] = [this.#principalId, `${type}/read`];
    onGranted({ principalId, kind: "action", action, roles: [...roles].sort() });
  }

  /** True where the principal has any role assignment above, at or below the subscription. */
  reaches(subscriptionId: string): boolean {
    const scopes = this.#permitting(undefined);
    const key = idKey(`/subscriptions/${subscriptionId}`);
    return (
      scopesAbove(key).some((scope) => scopes.has(scope)) ||
      [...scopes.keys()].some((scope) => scope.startsWith(`${key}/`))
    );
  }

  #permitting(action: string | undefined): RolesByScope {
    const key = action?.toLowerCase() ?? "";
    const scopes = this.#byAction.get(key) ?? this.#engine.access.scopesPermitting(this.#principalId, action);
    this.#byAction.set(key, scopes);
    return scopes;
  }
}

/** The keys of an id and of everything that may stand above it. */
function scopesAbove(id: string): readonly string[] {
  const key = idKey(id);
  const scopes = ["/"];
  for (let at = key.indexOf("/", 1); at !== -1; at = key.indexOf("/", at + 1)) scopes.push(key.slice(0, at));
  return [...scopes, key];
}
