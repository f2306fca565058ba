import type { Engine } from "../engine/engine.ts";
import type { ResourceId } from "../resource-id.ts";
import type { Answer, ArmRequest } from "./arm-request.ts";

/** A call that is matched, permitted and of an accepted api-version. */
export interface RouteCall {
  readonly request: ArmRequest;
  readonly apiVersion: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The tenant, subscription or resource group in the path. */
  readonly scope: ResourceId;
}

/** A URL of Resource Manager itself that is no resource type's. */
export interface Route {
  readonly method: string;
  /** Matched segment by segment without regard to case; `{x}` takes one segment. */
  readonly path: string;
  /** Named in the refusal of an api-version. */
  readonly type: string;
  readonly apiVersions: readonly string[];
  /**
   * The Azure RBAC action asked for on the scope; undefined where the handler shows each caller what it may see.
   */
  readonly action: string | undefined;
  readonly handle: (engine: Engine, call: RouteCall) => Answer;
}
