import type { JsonObject } from "../json.ts";
import {
  type Assessment,
  assessmentId,
  assessmentProperties,
  assessmentsOf,
} from "../platform/security/assessments/assessments-of.ts";
import { controlDocuments, secureScoreDocument } from "../platform/security/assessments/secure-score-documents.ts";
import type { Resource } from "../resource.ts";
import { idKey, parseResourceId } from "../resource-id.ts";
import { relationOf } from "./relation-of.ts";
import type { Table } from "./table.ts";

const provider = "Microsoft.Security";

/** `securityresources`: assessments of Defender for Cloud, secure scores and their controls. */
export const securityResourcesTable: Table = ({ engine, visible, subscriptions }) => {
  const { world } = engine;
  const documents = [...subscriptions].flatMap((subscriptionId): JsonObject[] => {
    const scope = `/subscriptions/${subscriptionId}`;
    const assessments = assessmentsOf(world, scope);
    return [
      ...assessments.map(assessmentDocument),
      secureScoreDocument(scope, assessments),
      ...controlDocuments(scope, assessments, true),
    ];
  });
  const rows = documents
    .filter(({ id, type }) => visible.mayRead(String(id), String(type)))
    .sort((a, b) => (idKey(String(a.id)) < idKey(String(b.id)) ? -1 : 1));
  return relationOf(engine, rows.map(withPlace));
};

function assessmentDocument(assessment: Assessment): JsonObject {
  const { resource, recommendation } = assessment;
  return {
    id: assessmentId(assessment),
    name: recommendation.key,
    type: `${provider}/assessments`,
    properties: { ...assessmentProperties(assessment, true), resourceDetails: resourceDetails(resource) },
  };
}

/** Resource Graph writes these members with capitals, the REST API without. */
function resourceDetails({ id, name, type }: Resource): JsonObject {
  return { Source: "Azure", Id: id, ResourceName: name, ResourceType: type, ResourceProvider: type.split("/")[0] };
}

function withPlace(document: JsonObject): JsonObject {
  const { subscriptionId, resourceGroup } = parseResourceId(String(document.id)) ?? {};
  const type = String(document.type).toLowerCase();
  return { ...document, type, subscriptionId, resourceGroup: resourceGroup?.toLowerCase() };
}
