import { notModelled } from "../../../errors/request-errors.ts";
import type { Resource } from "../../../resource.ts";
import { idKey } from "../../../resource-id.ts";
import type { ResourceType } from "../../../resource-type.ts";
import { type Assessment, assessmentId, assessmentProperties, assessmentsOf } from "./assessments-of.ts";

const type = "Microsoft.Security/assessments";

/**
 * Assessments of Microsoft Defender for Cloud: computed from what stands in local Azure at the moment of the call.
 * Those that others report (PUT) are not modelled.
 */
export const assessment: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2020-01-01", "2021-06-01"],
  provisioningState: false,
  find: ({ id, query, world }) => {
    const found = assessmentsOf(world, id.extendedId ?? "/").find((each) => idKey(assessmentId(each)) === idKey(id.id));
    return found === undefined ? undefined : resourceOf(found, /\bmetadata\b/i.test(query.get("$expand") ?? ""));
  },
  list: {
    by: ["scope"],
    select: ({ scope, world }) => assessmentsOf(world, scope.id).map((each) => resourceOf(each, false)),
  },
  put: {
    operationName: "PutAssessmentOperation",
    prepare: () => {
      throw notModelled("assessments that others report");
    },
  },
};

function resourceOf(assessment: Assessment, withMetadata: boolean): Resource {
  return {
    id: assessmentId(assessment),
    name: assessment.recommendation.key,
    type,
    body: { properties: assessmentProperties(assessment, withMetadata) },
    provisioningState: "Succeeded",
    etag: "",
    lastOperation: "",
  };
}
