import { spokeNamePattern } from "../../../shared/domain/spoke-name.ts";

/** Each parameter of a path, by its first segment and its name. */
const parameters: Readonly<Record<string, object>> = {
  "spokes/name": {
    description: "Name of the spoke.",
    schema: { type: "string", pattern: spokeNamePattern.source },
    example: "orders-prod",
  },
  "changes/id": { description: "Id of the change, as GET /changes tells it.", schema: { type: "string" } },
  "recommendations/id": {
    description: "Id of the recommendation, as GET /recommendations tells it.",
    schema: { type: "string" },
  },
  "exemptions/id": {
    description: "Id of the exemption, as GET /exemptions or a Location tells it.",
    schema: { type: "string" },
  },
};

/** The parameters of a path as the document has them. */
export function pathParameters(path: string): object[] {
  const [, place] = path.split("/");
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    ...parameters[`${place}/${name}`],
  }));
}
