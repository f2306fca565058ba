import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { MonitorClient } from "@azure/arm-monitor";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import { NetworkManagementClient } from "@azure/arm-network";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SecurityCenter } from "@azure/arm-security";
import { StorageManagementClient } from "@azure/arm-storage";
import type { TokenCredential } from "@azure/identity";
import { type HttpsAnswer, httpsCall } from "./https-call.ts";

/** The landing-zone subscription that most tests use: the first of the seed. */
export const firstSubscription = "11111111-1111-1111-1111-111111111111";
/** The platform's own subscription: hubs, firewalls, logs. */
export const platformSubscription = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
/** Object id of the app's managed identity. */
export const appPrincipal = "55555555-5555-5555-5555-555555555555";
/** The first security group of the seed. */
export const firstGroup = "22222222-2222-2222-2222-222222222222";

export interface StartOptions {
  /** LOCAL_AZURE_SPEED; 0 (at once, no throttling) by default. */
  readonly speed?: number;
  /** An existing data folder, to start on what stands there. Default: a fresh one, removed by `stop`. */
  readonly dataDir?: string;
  /** Folder of the app's custom roles. */
  readonly rolesDir?: string;
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RequestOptions {
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Send this text instead of JSON. */
  readonly text?: string;
  /** False sends no bearer token. */
  readonly authorized?: boolean;
}

/** A local Azure that runs as its own process, and clients for it. */
export class LocalAzure implements AsyncDisposable {
  readonly url: string;
  readonly ca: string;
  readonly caFile: string;
  readonly dataDir: string;
  readonly ready: Readonly<Record<string, unknown>>;
  readonly #process: ChildProcessByStdio<null, Readable, null>;
  readonly #ownsData: boolean;

  constructor(
    child: ChildProcessByStdio<null, Readable, null>,
    ready: Record<string, unknown>,
    ca: string,
    dataDir: string,
    ownsData: boolean,
  ) {
    this.#process = child;
    this.ready = ready;
    this.url = String(ready.url);
    this.caFile = String(ready.caFile);
    this.ca = ca;
    this.dataDir = dataDir;
    this.#ownsData = ownsData;
  }

  /** A credential of any principal of the directory (object id); the platform owner's by default. */
  credential(principalId?: string): TokenCredential {
    return {
      getToken: async (scopes) => {
        const resource = String(Array.isArray(scopes) ? scopes[0] : scopes).replace(/\/\.default$/, "");
        return { token: await this.token(principalId, resource), expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
  }

  /** A bearer token of a principal for an audience. */
  async token(principalId?: string, resource = "https://management.azure.com"): Promise<string> {
    const query = new URLSearchParams({ resource, ...(principalId === undefined ? {} : { principalId }) });
    const answer = await httpsCall(`${this.url}/_local/token?${query}`, this.ca);
    return String((answer.body as { accessToken: string }).accessToken);
  }

  /** One raw call; `path` begins with `/`. JSON in, JSON out. */
  async request(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<HttpsAnswer> {
    const authorization: Record<string, string> =
      options.authorized === false ? {} : { authorization: `Bearer ${await this.token(options.as, audienceOf(path))}` };
    return httpsCall(`${this.url}${path}`, this.ca, {
      method,
      headers: { ...authorization, ...options.headers },
      ...(options.text === undefined ? { json: body } : { text: options.text }),
    });
  }

  /** A call of the control plane that must succeed. */
  async control<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await httpsCall(`${this.url}/_local/${path}`, this.ca, { method, json: body });
    if (answer.status >= 300) throw new Error(`${method} /_local/${path} answered ${answer.status}: ${answer.text}`);
    return answer.body as T;
  }

  network(subscription = firstSubscription, as?: string): NetworkManagementClient {
    return new NetworkManagementClient(this.credential(as), subscription, this.#options());
  }

  resources(subscription = firstSubscription, as?: string): ResourceManagementClient {
    return new ResourceManagementClient(this.credential(as), subscription, this.#options());
  }

  authorization(subscription = firstSubscription, as?: string): AuthorizationManagementClient {
    return new AuthorizationManagementClient(this.credential(as), subscription, this.#options());
  }

  monitor(subscription = firstSubscription, as?: string): MonitorClient {
    return new MonitorClient(this.credential(as), subscription, this.#options());
  }

  storage(subscription = firstSubscription, as?: string): StorageManagementClient {
    return new StorageManagementClient(this.credential(as), subscription, this.#options());
  }

  identities(subscription = firstSubscription, as?: string): ManagedServiceIdentityClient {
    return new ManagedServiceIdentityClient(this.credential(as), subscription, this.#options());
  }

  resourceGraph(as?: string): ResourceGraphClient {
    return new ResourceGraphClient(this.credential(as), this.#options());
  }

  security(subscription = firstSubscription, as?: string): SecurityCenter {
    return new SecurityCenter(this.credential(as), subscription, this.#options());
  }

  /** Kills the process as a crash would, keeping the data folder. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends the process and removes a data folder of its own. Returns the exit code. */
  async stop(): Promise<number | null> {
    const code = await this.#end("SIGTERM");
    if (this.#ownsData) await rm(this.dataDir, { recursive: true, force: true });
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return this.#process.exitCode;
    const exited = once(this.#process, "exit");
    this.#process.kill(signal);
    await exited;
    return this.#process.exitCode;
  }

  #options() {
    return {
      endpoint: this.url,
      tlsOptions: { ca: this.ca },
      retryOptions: { maxRetries: 0 },
    };
  }
}

/** Starts `local/arm/main.ts` on a free port and waits for its ready line. */
export async function startLocalAzure(options: StartOptions = {}): Promise<LocalAzure> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "local-azure-")));
  const roles = options.rolesDir === undefined ? [] : ["--roles", options.rolesDir];
  const main = join(import.meta.dirname, "../../../local/arm/main.ts");
  const child = spawn(process.execPath, [main, ...roles], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      LOCAL_AZURE_PORT: "0",
      LOCAL_DATA_DIR: dataDir,
      LOCAL_AZURE_SPEED: String(options.speed ?? 0),
      LOCAL_LOG_LEVEL: "error",
      ...options.environment,
    },
  });
  const ready = await Promise.race([firstLine(child.stdout), exitOf(child)]);
  const ca = await readFile(String(ready.caFile), "utf8");
  return new LocalAzure(child, ready, ca, dataDir, options.dataDir === undefined);
}

async function firstLine(stdout: Readable): Promise<Record<string, unknown>> {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as Record<string, unknown>;
  return new Promise(() => {});
}

async function exitOf(child: ChildProcessByStdio<null, Readable, null>): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`local Azure ended before it was ready, exit code ${code}`);
}

function audienceOf(path: string): string {
  return path.startsWith("/v1.0/") ? "https://graph.microsoft.com" : "https://management.azure.com";
}
