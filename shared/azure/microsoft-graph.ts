import type { AzureClients } from "./clients.ts";
import { type GraphCall, graphCall } from "./graph-call.ts";
import { HttpFailure } from "./thrown-failure.ts";

interface GraphError {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** Microsoft Graph by its REST interface: a handful of calls need no client library. All calls throw untyped. */
export interface MicrosoftGraph {
  get<R>(path: string): Promise<R>;
  /** Every page of a collection; `path` begins with `/v1.0/`. */
  list<R>(path: string): Promise<R[]>;
  post<R>(path: string, body: object): Promise<R>;
  delete(path: string): Promise<void>;
}

export function microsoftGraph(clients: AzureClients): MicrosoftGraph {
  const { graphEndpoint, graphAudience } = clients.settings;

  async function call<R>(url: URL, init: GraphCall): Promise<R> {
    const credential = await clients.credential();
    const token = await credential.getToken(`${graphAudience}/.default`);
    const { answer, body } = await graphCall(url, token?.token ?? "", init);
    if (!answer.ok) throw new HttpFailure(answer, (body as GraphError | undefined)?.error);
    return body as R;
  }

  async function list<R>(path: string): Promise<R[]> {
    const found: R[] = [];
    let next: URL | null = new URL(path, graphEndpoint);
    while (next !== null) {
      // The token is for Graph alone, whatever a next link says.
      if (next.origin !== new URL(graphEndpoint).origin) throw new Error(`Graph's next page lies at ${next.origin}.`);
      const page: { value?: R[]; "@odata.nextLink"?: string } = await call(next, { method: "GET" });
      found.push(...(page.value ?? []));
      next = page["@odata.nextLink"] === undefined ? null : new URL(page["@odata.nextLink"]);
    }
    return found;
  }

  return {
    get: (path) => call(new URL(path, graphEndpoint), { method: "GET" }),
    list,
    delete: (path) => call(new URL(path, graphEndpoint), { method: "DELETE" }),
    post: (path, body) => call(new URL(path, graphEndpoint), { method: "POST", body }),
  };
}
