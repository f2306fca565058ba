import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Row = Record<string, unknown> & { id: string };

/** The part of Microsoft Graph that the hooks use, in memory: applications, service principals, and what hangs on them. */
export interface FakeGraph extends AsyncDisposable {
  readonly endpoint: string;
  readonly rows: Map<string, Row[]>;
  /** Writes, in order: `PATCH /applications/…`. */
  readonly writes: string[];
  /** So many calls of a path that matches are answered with this first. */
  refuse(method: string, path: RegExp, times: number, status: number, code: string): void;
}

export async function startFakeGraph(): Promise<FakeGraph> {
  const rows = new Map<string, Row[]>();
  const writes: string[] = [];
  const refusals: { method: string; path: RegExp; times: number; status: number; code: string }[] = [];
  const of = (collection: string): Row[] => {
    const list = rows.get(collection) ?? [];
    rows.set(collection, list);
    return list;
  };
  const add = (collection: string, content: object): Row => {
    const row: Row = {
      id: randomUUID(),
      ...(collection === "/applications" ? { appId: randomUUID() } : {}),
      ...content,
    };
    of(collection).push(row);
    return row;
  };

  function answer(method: string, path: string, content: object, prefer: string | undefined): [number, unknown] {
    const refusal = refusals.find((one) => one.times > 0 && one.method === method && one.path.test(path));
    if (refusal !== undefined) {
      refusal.times--;
      return [refusal.status, { error: { code: refusal.code, message: refusal.code } }];
    }
    if (method !== "GET") writes.push(`${method} ${path}`);
    const key = /^(\/\w+)\((\w+)='([^']*)'\)$/.exec(path) ?? /^(.+)\/()([0-9a-f-]{36})$/.exec(path);
    if (key === null) return method === "POST" ? [201, add(path, content)] : [200, { value: of(path) }];
    const [, collection = "", property = "", value = ""] = key;
    const row = of(collection).find((one) => one[property || "id"] === value);
    if (row === undefined)
      return prefer === "create-if-missing"
        ? [201, add(collection, { [property]: value, ...content })]
        : [404, { error: { code: "Request_ResourceNotFound" } }];
    if (method === "GET") return [200, row];
    // Graph replaces what is sent, whole: what a caller leaves out of a list or of a complex property is gone.
    Object.assign(row, content);
    return [204, null];
  }

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const path = decodeURIComponent((request.url ?? "").replace("/v1.0", ""));
    const prefer = request.headers.prefer?.toString();
    const [status, body] = answer(request.method ?? "", path, text === "" ? {} : JSON.parse(text), prefer);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === null ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    rows,
    writes,
    refuse: (method, path, times, status, code) => void refusals.push({ method, path, times, status, code }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
