import type { Engine } from "../engine/engine.ts";
import { idKey } from "../resource-id.ts";

/** What one principal may read, for questions about thousands of resources. */
export class VisibleScopes {
  readonly #engine: Engine;
  readonly #principalId: string;
  readonly #byAction = new Map<string, ReadonlySet<string>>();

  constructor(engine: Engine, principalId: string) {
    this.#engine = engine;
    this.#principalId = principalId;
  }

  /** True where role assignments let the principal read resources of the type at the id. */
  mayRead(id: string, type: string): boolean {
    return holds(this.#permitting(`${type}/read`), id);
  }

  /** True where the principal has any role assignment above, at or below the subscription. */
  reaches(subscriptionId: string): boolean {
    const scopes = this.#permitting(undefined);
    const key = idKey(`/subscriptions/${subscriptionId}`);
    return holds(scopes, key) || [...scopes].some((scope) => scope.startsWith(`${key}/`));
  }

  #permitting(action: string | undefined): ReadonlySet<string> {
    const key = action ?? "";
    const scopes = this.#byAction.get(key) ?? this.#engine.access.scopesPermitting(this.#principalId, action);
    this.#byAction.set(key, scopes);
    return scopes;
  }
}

/** True where one of the scopes is the id or stands above it. */
function holds(scopes: ReadonlySet<string>, id: string): boolean {
  if (scopes.has("/")) return true;
  const key = idKey(id);
  for (let at = key.indexOf("/", 1); at !== -1; at = key.indexOf("/", at + 1)) {
    if (scopes.has(key.slice(0, at))) return true;
  }
  return scopes.has(key);
}
