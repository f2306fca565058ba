import type { Amendment } from "../../../shared/domain/amendment.ts";

/** An exemption as a person asks for it, with what matters to a test. */
export function exemption(changes: Partial<Amendment>): Amendment {
  return {
    id: "exemption-1",
    origin: "exemption",
    spoke: "orders-prod",
    owner: { objectId: "1", name: "Ada" },
    reason: "Migration",
    ticket: "CHG-1",
    createdAt: "2026-11-01T00:00:00.000Z",
    expiresAt: "2026-12-01T00:00:00.000Z",
    control: null,
    resourceId: null,
    tolerated: [],
    properties: [],
    ...changes,
  };
}
