import type { Operation } from "../operation.ts";
import { acceptRecommendation } from "./accept-recommendation.ts";
import { changeSpoke } from "./change-spoke.ts";
import { readCompliance, startSweep } from "./compliance.ts";
import { decideApproval } from "./decide-approval.ts";
import { createExemption, deleteExemption, listExemptions } from "./exemptions.ts";
import { listChanges } from "./list-changes.ts";
import { listRecommendations } from "./list-recommendations.ts";
import { listSpokes } from "./list-spokes.ts";
import { previewSpoke } from "./preview-spoke.ts";
import { readConnectivity } from "./read-connectivity.ts";
import { readOpenapi } from "./read-openapi.ts";
import { readSpoke } from "./read-spoke.ts";
import { readTopology } from "./read-topology.ts";
import { removeSpoke } from "./remove-spoke.ts";
import { requestSpoke } from "./request-spoke.ts";
import { undoChange } from "./undo-change.ts";

/** Every route that the document tells of: a new route is one entry here. */
export const operations: readonly Operation[] = [
  requestSpoke,
  listSpokes,
  previewSpoke,
  readSpoke,
  readConnectivity,
  readTopology,
  changeSpoke,
  removeSpoke,
  decideApproval,
  listChanges,
  listRecommendations,
  acceptRecommendation,
  undoChange,
  readCompliance,
  startSweep,
  listExemptions,
  createExemption,
  deleteExemption,
  readOpenapi,
];
