import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { type Problem, problemAt } from "./problem.ts";

/** The answer to a change of a spoke whose run must end first: 409. */
export function atWork({ name, status }: Pick<SpokeRecord, "name" | "status">): Problem {
  const message =
    status === "AwaitingApproval"
      ? `It awaits approval: have it decided with POST /api/spokes/${name}/approval.`
      : `Wait for GET /api/spokes/${name} to end.`;
  return problemAt(409, "A run of this spoke is at work.", "", "RunAtWork", message);
}
