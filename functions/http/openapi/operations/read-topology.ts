import type { Operation } from "../operation.ts";

export const readTopology: Operation = {
  method: "get",
  path: "/spokes/{name}/topology.svg",
  operationId: "readTopology",
  tag: "Spokes",
  summary: "A picture of the spoke with its flows: what /connectivity answers, drawn.",
  roles: ["Read"],
  responses: { 200: { description: "The picture.", mediaType: "image/svg+xml" } },
  problems: [401, 403, 404, 409, 502],
};
