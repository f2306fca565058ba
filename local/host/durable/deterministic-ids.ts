import { createHash } from "node:crypto";

/** The id of a sub-orchestration whose caller did not name it: the same for every replay of the caller. */
export function childInstanceId(executionId: string, taskId: number): string {
  return derive("instance", executionId, taskId);
}

/** The id under which an entity answers a call. */
export function entityRequestId(executionId: string, taskId: number): string {
  const hex = derive("entity-request", executionId, taskId);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function derive(purpose: string, executionId: string, taskId: number): string {
  return createHash("sha256").update(`${purpose}\n${executionId}\n${taskId}`).digest("hex").slice(0, 32);
}
