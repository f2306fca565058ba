import type { Engine } from "../engine/engine.ts";
import type { Relation } from "./kql/relation.ts";
import type { VisibleScopes } from "./visible-scopes.ts";

/** Who asks, and about what. */
export interface TableContext {
  readonly engine: Engine;
  readonly visible: VisibleScopes;
  /** In lower case. */
  readonly subscriptions: ReadonlySet<string>;
  /** True where the query names no subscriptions: it is about the tenant, or its root management group. */
  readonly wholeTenant: boolean;
}

/** The rows of a table that the caller may see, in order of their ids. */
export type Table = (context: TableContext) => Relation;
