import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { SpokeRequest } from "../../../client/spokes-client.ts";
import {
  askForSpoke,
  followSpoke,
  ProblemError,
  type Spoke,
  type SpokesApi,
  spokesApi,
} from "../../../client/spokes-client.ts";
import { spokeExample, spokeRequestExample } from "../../../functions/http/openapi/examples.ts";

const patience = { pause: 1, outage: 5_000 };
const request = spokeRequestExample as SpokeRequest;
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>] | "hang up";

/** An API that gives these answers one after the other, the last one again and again. */
async function apiAnswering(
  answers: readonly Answer[],
): Promise<{ api: SpokesApi; calls: string[]; tokens: string[] }> {
  const [calls, tokens]: [string[], string[]] = [[], []];
  let next = 0;
  server = createServer((asked, answer) => {
    calls.push(`${asked.method} ${asked.url}`);
    tokens.push(asked.headers.authorization ?? "");
    asked.resume();
    give(answer, answers[Math.min(next, answers.length - 1)] ?? "hang up");
    next += 1;
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let token = 0;
  const api = spokesApi(`http://127.0.0.1:${port}/api`, async () => ({ authorization: `Bearer ${++token}` }));
  return { api, calls, tokens };
}

function give(answer: ServerResponse, told: Answer): void {
  if (told === "hang up") {
    answer.destroy();
    return;
  }
  const [status, body, headers] = told;
  const type = status < 400 ? "application/json" : "application/problem+json";
  answer.writeHead(status, { "content-type": type, ...headers }).end(JSON.stringify(body));
}

const spoke = (status: Spoke["status"], more: object = {}): Answer => [200, { ...spokeExample, status, ...more }];
const problem = (status: number, title: string, errors: readonly object[] = []) => ({
  type: "about:blank",
  title,
  status,
  errors,
});

test("a run is followed through approval to its end, with a fresh token for each look", async () => {
  const answers = [spoke("Accepted"), spoke("AwaitingApproval"), spoke("Running"), spoke("Succeeded")];
  const { api, calls, tokens } = await apiAnswering(answers);
  const seen: string[] = [];
  const end = await followSpoke(api, "orders-prod", ({ status }) => seen.push(status), patience);
  expect(end.status).toBe("Succeeded");
  expect(seen).toEqual(["Accepted", "AwaitingApproval", "Running", "Succeeded"]);
  expect(new Set(calls)).toEqual(new Set(["GET /api/spokes/orders-prod"]));
  expect(tokens).toEqual(["Bearer 1", "Bearer 2", "Bearer 3", "Bearer 4"]);
});

test.each(["Failed", "Rejected", "Removed"] as const)("%s is an end, with what to do in its error", async (status) => {
  const error = { code: "ScopeLocked", message: "It is locked.", resourceId: null, remedy: "Remove the lock." };
  const { api, calls } = await apiAnswering([spoke(status, { error })]);
  const end = await followSpoke(api, "orders-prod", undefined, patience);
  expect([end.status, end.error?.remedy, calls.length]).toEqual([status, "Remove the lock.", 1]);
});

test("no connection, 503 and a page of what stands in front pass; the same request is asked again", async () => {
  const page: Answer = [502, "<html>", { "content-type": "text/html" }];
  const busy: Answer = [503, problem(503, "Azure did not answer in time."), { "retry-after": "1" }];
  const { api, calls } = await apiAnswering(["hang up", page, busy, [202, spokeExample]]);
  const begun = Date.now();
  expect((await askForSpoke(api, request, patience)).name).toBe("orders-prod");
  expect(calls).toEqual(Array.from({ length: 4 }, () => "POST /api/spokes"));
  expect(Date.now() - begun).toBeGreaterThanOrEqual(990);
});

test.each([400, 409, 502])("%d of the API itself is told with its violations, and not repeated", async (status) => {
  const errors = [{ pointer: "/addressPrefix", code: "AddressPrefixOverlaps", message: "It overlaps." }];
  const { api, calls } = await apiAnswering([[status, problem(status, "No.", errors)]]);
  const refused = await askForSpoke(api, request, patience).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  expect(refused).toMatchObject({ problem: { status, errors } });
  expect(calls).toHaveLength(1);
});

test("an outage that lasts is told; whoever waits may stop", async () => {
  const { api } = await apiAnswering([[503, problem(503, "Storage is away.")]]);
  await expect(askForSpoke(api, request, { pause: 1, outage: 20 })).rejects.toThrow("503 Storage is away.");
  const signal = AbortSignal.timeout(20);
  await expect(followSpoke(api, "orders-prod", undefined, { ...patience, signal })).rejects.toThrow(/abort|timeout/i);
});
