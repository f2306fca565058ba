import type { HttpRequest } from "@azure/functions";
import { expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import { listRecommendations } from "../../../functions/http/list-recommendations.ts";
import type { Asked } from "../../../functions/http/route.ts";
import type { RecommendationList } from "../../../shared/reconcile/hardening/recommendation-store.ts";

const list = (id: string, message: string): RecommendationList => ({
  id,
  checkedAt: "2026-11-27T12:00:00.000Z",
  notes: [
    { code: "NoTrafficLogged", message },
    { code: "Retired", message: "The service is retired." },
  ],
  recommendations: [],
});
const lists = new Map([
  ["recommendations/spoke-a.json", list("spoke-a", "a: nothing was logged.")],
  ["recommendations/spoke-b.json", list("spoke-b", "b: nothing was logged.")],
]);

test("notes of every spoke are told, and what they have in common once", async () => {
  const blobs = {
    names: async () => [...lists.keys()],
    read: async (name: string) => ({ value: lists.get(name), etag: "" }),
  };
  const compose = { blobs: async () => blobs } as unknown as Composition;
  const request = { query: new URLSearchParams() } as unknown as HttpRequest;
  const { body } = await listRecommendations(compose).handle({ request } as Asked);
  const { notes } = JSON.parse(String(body)) as { notes: { message: string }[] };
  expect(notes.map(({ message }) => message)).toEqual([
    "a: nothing was logged.",
    "The service is retired.",
    "b: nothing was logged.",
  ]);
});
