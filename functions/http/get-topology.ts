import { drawTopology } from "../../shared/spoke/topology/draw-topology.ts";
import { topologyOf } from "../../shared/spoke/topology/topology-of.ts";
import type { Composition } from "../composition.ts";
import { observedConnectivity } from "./observed-connectivity.ts";
import type { Route } from "./route.ts";

/** `GET /api/spokes/{name}/topology.svg`: what `/connectivity` answers, as a picture. */
export function getTopology(compose: Composition): Route {
  return {
    name: "getTopology",
    method: "GET",
    path: "spokes/{name}/topology.svg",
    roles: ["Read"],
    handle: async ({ request }) => {
      const observed = await observedConnectivity(compose, request.params.name ?? "");
      const body = drawTopology(topologyOf(observed.design, observed.connectivity, observed.observedAt));
      return { status: 200, headers, body };
    },
  };
}

/** An SVG that a browser opens as a page of its own could else run scripts and load things. */
const headers = {
  "content-type": "image/svg+xml; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  "x-content-type-options": "nosniff",
};
