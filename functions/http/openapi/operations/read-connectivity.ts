import type { Operation } from "../operation.ts";

export const readConnectivity: Operation = {
  method: "get",
  path: "/spokes/{name}/connectivity",
  operationId: "readConnectivity",
  tag: "Spokes",
  summary: "What the spoke's NSGs let pass as they stand in Azure now, proven against what its request means.",
  roles: ["Read"],
  responses: { 200: { description: "The matrix of flows, and packets that say otherwise.", schema: "Connectivity" } },
  problems: [401, 403, 404, 409, 502],
};
