import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A call that local Azure noted before it was answered; status 0: its answer is withheld. */
export interface ArmCall {
  readonly method: string;
  /** In lower case, without the query. */
  readonly path: string;
  readonly status: number;
}

const appPrincipal = "55555555-5555-5555-5555-555555555555";

/** The app's calls to Resource Manager as local Azure notes them, for a reader that looks every few milliseconds. */
export class ArmCalls {
  readonly #database: DatabaseSync;

  constructor(dataFolder: string) {
    this.#database = new DatabaseSync(join(dataFolder, "requests.db"), { readOnly: true });
  }

  /** Number of the newest call. */
  get last(): number {
    return Number(this.#database.prepare("SELECT MAX(number) AS last FROM calls").get()?.last ?? 0);
  }

  /** The app's calls after that number, oldest first. */
  after(number: number): ArmCall[] {
    const rows = this.#database.prepare("SELECT call FROM calls WHERE number > ? ORDER BY number").all(number);
    return rows.flatMap((row) => {
      const { method, url, status, caller } = JSON.parse(String(row.call)) as Record<string, string> & ArmCall;
      const path = new URL(url ?? "", "https://azure").pathname.toLowerCase();
      return caller === appPrincipal && path.startsWith("/subscriptions/") ? [{ method, path, status }] : [];
    });
  }

  close(): void {
    this.#database.close();
  }
}

export function isWrite({ method, status }: ArmCall): boolean {
  return (method === "PUT" || method === "PATCH" || method === "DELETE") && (status === 0 || status < 300);
}

/** A look at how far a long-running operation is. */
export function isPoll({ method, path }: ArmCall): boolean {
  return method === "GET" && /\/operation(s|status|statuses|results)\//.test(path);
}

/**
 * PUTs that Azure accepted for something that an earlier PUT had written already, with no deletion between. One with
 * status 201 is a thing that was created twice.
 */
export function repeatedPuts(calls: readonly ArmCall[]): ArmCall[] {
  const written = new Set<string>();
  return calls.filter(isWrite).filter(({ method, path }) => {
    const again = method === "PUT" && written.has(path);
    if (method === "PUT") written.add(path);
    if (method === "DELETE") for (const id of written) if (id === path || id.startsWith(`${path}/`)) written.delete(id);
    return again;
  });
}
