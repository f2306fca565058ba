import { randomUUID } from "node:crypto";
import type { Engine } from "../engine/engine.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import { idKey, type ResourceId } from "../resource-id.ts";
import type { LongRunning, Seconds } from "../resource-type.ts";
import { changeOfOperation } from "./change-of-operation.ts";
import type { Operation, Touched } from "./operation.ts";
import { supersededError } from "./superseded-error.ts";

/** What distinguishes one operation from another. */
export interface OperationPlan {
  readonly kind: Operation["kind"];
  readonly name: string;
  readonly id: ResourceId;
  readonly location: string;
  readonly apiVersion: string;
  readonly longRunning: LongRunning | undefined;
  /** In Azure. */
  readonly seconds: Seconds;
  readonly domains: readonly string[];
  readonly touched: readonly Touched[];
  /** Running operations that this one takes over. */
  readonly supersedes: readonly Operation[];
  /** True where nothing stood before. */
  readonly created?: boolean;
  readonly result?: Operation["result"];
}

/** When an operation is due that does not end by itself. */
const never = Number.MAX_SAFE_INTEGER;

/**
 * Stores a running operation. A synchronous write (also one that takes Azure no time) is one of no duration: the caller ticks the clock after its
 * transaction, and it is done before the answer.
 */
export function beginOperation(engine: Engine, request: ArmRequest, plan: OperationPlan): Operation {
  const now = Date.now();
  const running = plan.longRunning !== undefined && plan.seconds > 0;
  const fault = running ? request.operationFault : undefined;
  if (fault !== undefined) request.faultTaken();
  const seconds = running && engine.speed > 0 ? plan.seconds / engine.speed : 0;
  const operation: Operation = {
    id: randomUUID(),
    kind: plan.kind,
    name: plan.name,
    resourceId: plan.id.id,
    resourceType: plan.id.type,
    subscriptionId: plan.id.subscriptionId,
    location: plan.location,
    principalId: request.caller.principalId,
    clientId: request.caller.clientId,
    apiVersion: plan.apiVersion,
    longRunning: running ? plan.longRunning : undefined,
    status: "InProgress",
    startedAt: new Date(now).toISOString(),
    dueAt: fault?.kind === "lro-stuck" ? never : now + seconds * 1000,
    domains: [...new Set(plan.domains.map(idKey))],
    touched: takenOver(plan),
    ...(plan.created === undefined ? {} : { created: plan.created }),
    ...(request.origin === undefined ? {} : { origin: request.origin }),
    ...(fault === undefined ? {} : { fault }),
    ...(plan.result === undefined ? {} : { result: plan.result }),
  };
  for (const older of plan.supersedes) {
    const { origin: _origin, ...rest } = older;
    engine.operations.put({ ...rest, status: "Canceled", error: supersededError(older, operation) });
    engine.changes.tell(changeOfOperation(older, "Canceled"));
  }
  engine.operations.put(operation);
  return operation;
}

/** What the superseded operations were about to finish is finished by the newer one. */
function takenOver(plan: OperationPlan): readonly Touched[] {
  const own = new Set(plan.touched.map((touched) => idKey(touched.id)));
  const older = plan.supersedes.flatMap((operation) => operation.touched);
  return [...older.filter((touched) => !own.has(idKey(touched.id))), ...plan.touched];
}

/** Ends the operations that a fault holds up, as if they had gone their way. */
export function releaseStuck(engine: Engine): void {
  for (const { fault, ...operation } of engine.operations.running()) {
    if (fault?.kind === "lro-stuck") engine.operations.put({ ...operation, dueAt: Date.now() });
  }
  engine.clock.tick();
}
