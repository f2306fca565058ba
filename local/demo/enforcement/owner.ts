import { setTimeout as sleep } from "node:timers/promises";
import type { AzureAccess } from "../../stack/azure-access.ts";
import { DemoError } from "../demo-error.ts";

const networkVersion = "2024-05-01";

/** Somebody with all rights at the Azure portal: what the demo does by hand. */
export class Owner {
  readonly #azure: AzureAccess;

  constructor(azure: AzureAccess) {
    this.#azure = azure;
  }

  async write(method: "PUT" | "DELETE", id: string, body?: unknown, apiVersion = networkVersion): Promise<void> {
    const headers = {
      authorization: `Bearer ${await this.#azure.ownerToken()}`,
      "content-type": "application/json",
    };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const answer = await this.#azure.fetch(`${id}?api-version=${apiVersion}`, init);
    if (answer.status >= 300)
      throw new DemoError(`Azure answers ${answer.status} to ${method} ${id}: ${await answer.text()}`);
  }

  /** Writes, and waits until Azure is done with it. */
  async make(id: string, body: unknown, apiVersion = networkVersion): Promise<void> {
    await this.write("PUT", id, body, apiVersion);
    await this.stands(id, 30, apiVersion);
  }

  /** Waits until the resource stands and Azure is done with it. */
  async stands(id: string, seconds: number, apiVersion = networkVersion): Promise<void> {
    await until(`${id} stands`, seconds, async () => {
      const found = (await this.read(id, apiVersion)) as { properties?: { provisioningState?: string } } | null;
      return found?.properties?.provisioningState === "Succeeded" ? true : undefined;
    });
  }

  /** Null where it does not stand. */
  read(id: string, apiVersion = networkVersion): Promise<unknown> {
    return this.#azure.read(id, apiVersion);
  }

  /** An order to local Azure itself. */
  async order(method: "POST" | "DELETE", name: string, body?: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const answer = await this.#azure.fetch(`/_local/${name}`, init);
    if (answer.status >= 300)
      throw new DemoError(`Local Azure answers ${answer.status} to ${name}: ${await answer.text()}`);
  }
}

/** Asks until the answer is there. Throws DemoError after so many seconds, with what was waited for. */
export async function until<R>(what: string, seconds: number, ask: () => Promise<R | undefined>): Promise<R> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new DemoError(`Waited ${seconds} s in vain: ${what}`);
    await sleep(100);
  }
}
