import { graphCall } from "../../shared/azure/graph-call.ts";

/** What Microsoft Graph refused, with what to do. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly status: number;
  readonly code: string;

  constructor(call: string, status: number, code: string, message: string) {
    const remedy =
      status === 401 || status === 403
        ? " Sign in (az login) with the directory roles that docs/deployment.md names, or have the call made by somebody who has them."
        : "";
    super(`Microsoft Graph refused ${call} with ${status} ${code}: ${message}${remedy}`);
    this.status = status;
    this.code = code;
  }
}

/** Where Graph is, who asks, and how to wait. */
export interface GraphAccess {
  /** Without version: https://graph.microsoft.com. */
  readonly endpoint: string;
  readonly token: () => Promise<string>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

type Method = "GET" | "POST" | "PATCH";

/** Attempts for what was made a moment ago and is not everywhere in the directory yet. */
const attempts = 8;

/** Microsoft Graph v1.0, as far as the hooks use it. */
export class GraphClient {
  readonly #access: GraphAccess;

  constructor(access: GraphAccess) {
    this.#access = access;
  }

  /** What stands, or null where it does not. */
  async find<T>(path: string): Promise<T | null> {
    const { status, body } = await this.#call("GET", path);
    return status === 404 ? null : (body as T);
  }

  /** Writes; again for a while, where the directory does not know yet what was just made. Null where there is no answer to read. */
  async write<T>(method: "POST" | "PATCH", path: string, content: object, prefer?: string): Promise<T | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { status, body } = await this.#call(method, path, content, prefer);
        if (status !== 404) return body as T | null;
        throw new GraphError(`${method} ${path}`, status, "NotFound", "It does not stand.");
      } catch (error) {
        if (attempt >= attempts || !isNotEverywhereYet(error)) throw error;
        await this.#access.wait(attempt * 2_000);
      }
    }
  }

  async #call(method: Method, path: string, content?: object, prefer?: string) {
    const { endpoint, token } = this.#access;
    const init = { method, ...(content && { body: content }), ...(prefer !== undefined && { prefer }) };
    const { answer, body } = await graphCall(new URL(`/v1.0${path}`, endpoint), await token(), init);
    if (!answer.ok && answer.status !== 404) {
      const { error } = (body ?? {}) as { error?: { code?: string; message?: string } };
      throw new GraphError(`${method} ${path}`, answer.status, error?.code ?? "", error?.message ?? "");
    }
    return { status: answer.status, body: body ?? null };
  }
}

/** A new object is known to each replica of the directory after seconds; so long it is "not found", or no valid reference. */
function isNotEverywhereYet(error: unknown): boolean {
  if (!(error instanceof GraphError)) return false;
  return (
    error.status === 404 || (error.status === 400 && /does not exist|NoBackingApplicationObject/.test(error.message))
  );
}
