import type { SpokeRequest, SpokesApi } from "../../../client/spokes-client.ts";

/** Every call as docs/user-guide.md shows it: compiled with all else, so that the guide stays true to the types. */
export async function everyCall(api: SpokesApi, request: SpokeRequest): Promise<unknown> {
  const preview = await api.POST("/spokes/plan", { body: request });
  const read = await api.GET("/spokes/{name}", { params: { path: { name: "orders-prod" } } });
  const etag = read.response.headers.get("etag") ?? "*";
  await api.PUT("/spokes/{name}", {
    params: { path: { name: "orders-prod" }, header: { "If-Match": etag } },
    body: request,
  });
  await api.POST("/spokes/{name}/approval", {
    params: { path: { name: "orders-prod" } },
    body: { decision: "approve" },
  });
  const matrix = await api.GET("/spokes/{name}/connectivity", { params: { path: { name: "orders-prod" } } });
  const svg = await api.GET("/spokes/{name}/topology.svg", {
    params: { path: { name: "orders-prod" } },
    parseAs: "text",
  });
  await api.DELETE("/spokes/{name}", { params: { path: { name: "orders-prod" } } });
  const failing = await api.GET("/compliance", { params: { query: { spoke: "orders-prod", status: "fail" } } });
  const changes = await api.GET("/changes", { params: { query: { spoke: "orders-prod", limit: 10 } } });
  await api.POST("/changes/{id}/undo", { params: { path: { id: changes.data?.value[0]?.id ?? "" } } });
  const open = await api.GET("/recommendations", { params: { query: { status: "Open" } } });
  await api.POST("/recommendations/{id}/accept", { params: { path: { id: open.data?.value[0]?.id ?? "" } } });
  const exemption = { spoke: "orders-prod", control: "ZT-6.7", reason: "…", expiresAt: "2026-12-27T00:00:00Z" };
  await api.POST("/exemptions", { body: exemption });
  return [preview.data, matrix.data, svg.data, failing.data];
}
