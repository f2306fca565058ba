import type { Operation } from "../operations/operation.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import type { ResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";

/** A call on one resource, with everything decided that does not depend on the verb. */
export interface ResourceCall {
  readonly request: ArmRequest;
  readonly type: ResourceType;
  /** In canonical form; what it names need not stand. */
  readonly id: ResourceId;
  readonly apiVersion: string;
  /** The Azure RBAC action that was permitted. */
  readonly action: string;
}

/** A PUT that was accepted. */
export interface AcceptedPut {
  readonly operation: Operation;
  readonly created: boolean;
}
