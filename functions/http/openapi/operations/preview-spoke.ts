import { spokeRequestExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const previewSpoke: Operation = {
  method: "post",
  path: "/spokes/plan",
  operationId: "previewSpoke",
  tag: "Spokes",
  summary: "See what a request would change. Nothing is written and no address is leased.",
  roles: ["Request"],
  requestBody: { schema: "SpokeRequest", example: spokeRequestExample },
  responses: { 200: { description: "The plan.", schema: "SpokePlan" } },
  problems: [400, 401, 403, 409, 413, 502],
};
