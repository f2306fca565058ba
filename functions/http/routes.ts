import type { Composition } from "../composition.ts";
import { acceptRecommendation } from "./accept-recommendation.ts";
import { changeSpoke } from "./change-spoke.ts";
import { createExemption } from "./create-exemption.ts";
import { decideApproval } from "./decide-approval.ts";
import { deleteExemption } from "./delete-exemption.ts";
import { getCompliance } from "./get-compliance.ts";
import { getConnectivity } from "./get-connectivity.ts";
import { getOpenApi } from "./get-open-api.ts";
import { getSpoke } from "./get-spoke.ts";
import { getTopology } from "./get-topology.ts";
import { listChanges } from "./list-changes.ts";
import { listExemptions } from "./list-exemptions.ts";
import { listRecommendations } from "./list-recommendations.ts";
import { listSpokes } from "./list-spokes.ts";
import { previewSpoke } from "./preview-spoke.ts";
import { removeSpoke } from "./remove-spoke.ts";
import { requestSpoke } from "./request-spoke.ts";
import type { Route } from "./route.ts";
import { sweepCompliance } from "./sweep-compliance.ts";
import { undoChange } from "./undo-change.ts";
import { unknownRoute } from "./unknown-route.ts";

/** Every route of the API, and the one that answers for whatever is none: a new route is one entry here. */
export function routes(compose: Composition): readonly Route[] {
  const known = [
    requestSpoke(compose),
    changeSpoke(compose),
    removeSpoke(compose),
    decideApproval(compose),
    previewSpoke(compose),
    listSpokes(compose),
    getSpoke(compose),
    getConnectivity(compose),
    getTopology(compose),
    listChanges(compose),
    listRecommendations(compose),
    acceptRecommendation(compose),
    undoChange(compose),
    getCompliance(compose),
    sweepCompliance(compose),
    listExemptions(compose),
    createExemption(compose),
    deleteExemption(compose),
    getOpenApi(),
  ];
  return [...known, unknownRoute(known)];
}
