import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../stack/stack.ts";
import type { ShownConnectivity } from "./connectivity-table.ts";
import { DemoError } from "./demo-error.ts";
import { hasSettled, parseSpokeView, type SpokeView } from "./spoke-view.ts";

const pollMilliseconds = 150;
const patienceMilliseconds = 50_000;

/** What a portal does with the tool: sends a request, follows the spoke, sends it again. */
export class Portal {
  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  /** Sends a request as one of the local users. Throws DemoError on a refusal; 200 says that the spoke stands already. */
  async send(method: "POST" | "PUT", path: string, body: string, user: string): Promise<void> {
    const headers = { "content-type": "application/json" };
    const response = await this.#stack.fetchFunctions(path, user, { method, headers, body });
    const answer = await response.text();
    if (!response.ok) throw new DemoError(`${method} ${path} was answered with ${response.status}:\n${answer}`);
  }

  async read(path: string, user: string): Promise<SpokeView> {
    return parseSpokeView(await this.#get(path, user));
  }

  /** What the network of a spoke lets pass, as it stands. */
  async readConnectivity(path: string, user: string): Promise<ShownConnectivity> {
    return (await this.#get(`${path}/connectivity`, user)) as ShownConnectivity;
  }

  async #get(path: string, user: string): Promise<unknown> {
    const response = await this.#stack.fetchFunctions(path, user);
    if (response.ok) return response.json();
    throw new DemoError(`GET ${path} was answered with ${response.status}:\n${await response.text()}`);
  }

  /** Reads the spoke until a run other than `previousRun` (its startedAt) has settled. Throws DemoError when it takes too long. */
  async follow(
    path: string,
    user: string,
    previousRun: string | null,
    onView: (spoke: SpokeView) => void,
  ): Promise<SpokeView> {
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const spoke = await this.#readIfServed(path, user);
      if (spoke && spoke.startedAt !== null && spoke.startedAt !== previousRun) {
        onView(spoke);
        if (hasSettled(spoke)) return spoke;
      }
      if (Date.now() > deadline) {
        const state = spoke ? `still "${spoke.status}"` : "not answered for";
        throw new DemoError(`The spoke is ${state} after ${patienceMilliseconds / 1000} s.`);
      }
      await sleep(pollMilliseconds);
    }
  }

  /** Null while the Functions host is away: it may have died, and the stack starts it again. */
  async #readIfServed(path: string, user: string): Promise<SpokeView | null> {
    try {
      return await this.read(path, user);
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}
