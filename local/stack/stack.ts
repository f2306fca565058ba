import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "../../build/build-app.ts";
import type { CloudName } from "../arm/cloud.ts";
import { appSettings } from "./app-settings.ts";
import { AzureAccess, type AzureRequest } from "./azure-access.ts";
import {
  type AzuriteReady,
  azuriteArguments,
  azuriteConnectionString,
  azuriteEnvironment,
  azuriteReadyReader,
  backingStorageEnvironment,
  chooseAzuriteAddresses,
  eventConnectionString,
} from "./azurite.ts";
import { DataFolder } from "./data-folder.ts";
import { deferred } from "./deferred.ts";
import { assertPortIsFree } from "./free-port.ts";
import { runPlatformBootstrap } from "./platform-bootstrap.ts";
import {
  type FunctionsHostReady,
  functionsHostReady,
  type LocalAzureReady,
  localAzureReady,
  readReadyLine,
} from "./ready-line.ts";
import { StackError } from "./stack-error.ts";
import { projectFolder, type StackOptions } from "./stack-options.ts";
import { type ProcessSpecification, SupervisedProcess } from "./supervised-process.ts";

const readyWithinMilliseconds = 60_000;
const stopWithinMilliseconds = 8_000;

/** Starts the stack and resolves when all of it is ready. Throws StackError, with nothing left behind, where it cannot. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const configurationFile = options.configurationFile ?? join(projectFolder, "platform-configuration.sample.json");
  if (!existsSync(configurationFile)) throw new StackError(`There is no platform configuration ${configurationFile}.`);
  const stack = new Stack(DataFolder.open(options.dataFolder ?? null), { ...options, configurationFile });
  const aborted = deferred<never>();
  const abort = (): void => aborted.reject(new StackError("The start was interrupted."));
  options.signal?.addEventListener("abort", abort, { once: true });
  if (options.signal?.aborted) abort();
  try {
    await Promise.race([stack.start(), aborted.promise]);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

/** A running local stack: Azurite, local Azure and (unless Azure alone was asked for) the Functions host. */
export class Stack implements AsyncDisposable {
  /** Resolves when the stack has ended: null after `stop()`, an error where a process could not be kept alive. */
  readonly ended: Promise<StackError | null>;
  readonly #folder: DataFolder;
  readonly #options: StackOptions & { readonly configurationFile: string };
  readonly #azurite: SupervisedProcess<AzuriteReady>;
  readonly #azure: SupervisedProcess<LocalAzureReady>;
  readonly #functions: SupervisedProcess<FunctionsHostReady>;
  readonly #resolveEnded: (error: StackError | null) => void;
  #azuriteAddresses: AzuriteReady | null = null;
  #azuriteReady: AzuriteReady | null = null;
  #azureReady: LocalAzureReady | null = null;
  #functionsReady: FunctionsHostReady | null = null;
  #access: AzureAccess | null = null;
  #complete = false;
  #stopped: Promise<void> | null = null;
  #nextFunctionsHost = deferred<void>();

  constructor(folder: DataFolder, options: StackOptions & { readonly configurationFile: string }) {
    this.#folder = folder;
    this.#options = options;
    const ended = deferred<StackError | null>();
    this.ended = ended.promise;
    this.#resolveEnded = ended.resolve;
    this.#azurite = new SupervisedProcess(this.#azuriteSpecification());
    this.#azure = new SupervisedProcess(this.#azureSpecification());
    this.#functions = new SupervisedProcess(this.#functionsSpecification());
  }

  get functionsUrl(): string {
    return present(this.#functionsReady, "Functions host").url;
  }

  get functionsPid(): number {
    return present(this.#functionsReady, "Functions host").pid;
  }

  get azureUrl(): string {
    return present(this.#azureReady, "local Azure").url;
  }

  get azurePid(): number {
    return present(this.#azureReady, "local Azure").pid;
  }

  get caFile(): string {
    return present(this.#azureReady, "local Azure").caFile;
  }

  /** Local Azure, spoken to with its CA trusted. */
  get azure(): AzureAccess {
    return present(this.#access, "local Azure");
  }

  get dataFolder(): string {
    return this.#folder.path;
  }

  get stackFile(): string {
    return this.#folder.stackFile;
  }

  /** App settings of the Functions host. */
  get settings(): Record<string, string> {
    const azurite = present(this.#azuriteReady, "Azurite");
    return appSettings({
      azure: present(this.#azureReady, "local Azure"),
      cloud: this.#cloud,
      storageConnectionString: azuriteConnectionString(azurite),
      eventConnectionString: eventConnectionString(azurite),
      configurationFile: this.#options.configurationFile,
      enforcementMode: this.#options.enforcementMode ?? null,
      telemetry: this.#options.telemetry ?? false,
    });
  }

  get #cloud(): CloudName {
    return this.#options.cloud ?? "AzureCloud";
  }

  ownerToken(): Promise<string> {
    return this.azure.ownerToken();
  }

  fetchAzure(path: string, init?: AzureRequest): Promise<Response> {
    return this.azure.fetch(path, init);
  }

  /** `fetch` for a path of the Functions host, as one of the local users (`x-local-user`). */
  fetchFunctions(path: string, user: string, init: AzureRequest = {}): Promise<Response> {
    return fetch(new URL(path, this.functionsUrl), { ...init, headers: { ...init.headers, "x-local-user": user } });
  }

  /** SIGKILL to the Functions host; resolves when the next one is ready. */
  async killFunctionsHost(): Promise<void> {
    const next = this.#nextFunctionsHost.promise;
    this.#functions.kill();
    await next;
  }

  /** First start of every part; `startStack` calls it. */
  async start(): Promise<void> {
    await this.#folder.awaitLeftovers();
    await assertPortIsFree(this.#options.azurePort ?? 0, "LOCAL_AZURE_PORT");
    if (!this.#options.azureOnly) await assertPortIsFree(this.#options.functionsPort ?? 0, "FUNCTIONS_PORT");
    this.#azuriteAddresses = await chooseAzuriteAddresses();
    this.#progress("Starting Azurite and local Azure");
    const built = this.#options.appFolder === undefined ? buildIfStale((line) => this.#progress(line)) : null;
    const [azurite, azure] = await Promise.all([this.#azurite.start(), this.#azure.start(), built]);
    this.#azuriteReady = azurite;
    this.#takeAzure(azure);
    this.#progress(`Local Azure is ready: ${azure.url}`);
    this.#writeFiles();
    const { owner } = await this.azure.seed();
    const bootstrapped = runPlatformBootstrap(
      this.#options.configurationFile,
      azure,
      this.#cloud,
      owner,
      this.#options.signal,
    );
    const [functions] = await Promise.all([this.#options.azureOnly ? null : this.#functions.start(), bootstrapped]);
    this.#functionsReady = functions;
    if (functions) this.#progress(`The Functions host is ready: ${functions.url}`);
    this.#complete = true;
    this.#writeFiles();
  }

  /** Ends every process, the Functions host first, and removes stack.json. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll(null);
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stopAll(reason: StackError | null): Promise<void> {
    this.#complete = false;
    await this.#functions.stop();
    await Promise.all([this.#azure.stop(), this.#azurite.stop()]);
    this.#access?.close();
    this.#folder.close();
    this.#resolveEnded(reason);
  }

  #takeAzure(azure: LocalAzureReady): void {
    this.#azureReady = azure;
    this.#access?.close();
    this.#access = new AzureAccess(azure.url, azure.caFile);
  }

  #writeFiles(): void {
    const pids = [this.#azurite.pid, this.#azure.pid, this.#functions.pid];
    this.#folder.noteProcesses(pids.filter((pid) => pid !== null));
    if (!this.#complete) return;
    const { url, pid, caFile } = present(this.#azureReady, "local Azure");
    const azure = { url, pid, caFile };
    const functions = this.#functionsReady;
    this.#folder.writeStackFile(
      functions
        ? { functions: { url: functions.url, pid: functions.pid }, azure }
        : { azure, settings: { ...this.settings, WEBSITE_AUTH_ENABLED: "True" } },
    );
  }

  #progress(line: string): void {
    this.#options.onProgress?.(line);
  }

  #azuriteSpecification(): ProcessSpecification<AzuriteReady> {
    return {
      ...this.#common("Azurite", "azurite"),
      command: () => ({
        arguments: azuriteArguments(this.#folder.path, this.#azuriteAddresses),
        environment: azuriteEnvironment(),
      }),
      readyReader: azuriteReadyReader,
      onReadyAgain: (azurite) => {
        this.#azuriteReady = azurite;
        this.#writeFiles();
      },
    };
  }

  #azureSpecification(): ProcessSpecification<LocalAzureReady> {
    return {
      ...this.#common("Local Azure", "azure"),
      command: (last) => ({
        arguments: [join(projectFolder, "local", "arm", "main.ts"), "--roles", join(projectFolder, "infra", "roles")],
        environment: {
          LOCAL_AZURE_PORT: last ? new URL(last.url).port : String(this.#options.azurePort ?? 0),
          LOCAL_DATA_DIR: this.#folder.path,
          LOCAL_AZURE_CLOUD: this.#cloud,
          LOCAL_AZURE_SPEED: String(this.#options.speed ?? 20),
          ...backingStorageEnvironment(present(this.#azuriteAddresses, "Azurite")),
        },
      }),
      readyReader: () => readReadyLine(localAzureReady),
      onReadyAgain: async (azure) => {
        const before = JSON.stringify(this.settings);
        this.#takeAzure(azure);
        // The Functions host holds the managed-identity endpoint's secret, which may be another one now.
        if (this.#functionsReady && JSON.stringify(this.settings) !== before) await this.#restartFunctionsHost();
        this.#writeFiles();
      },
    };
  }

  #functionsSpecification(): ProcessSpecification<FunctionsHostReady> {
    const program = join(projectFolder, "local", "host", "main.ts");
    const users = join(projectFolder, "local", "stack", "local-users.json");
    return {
      ...this.#common("The Functions host", "functions"),
      command: (last) => ({
        arguments: [
          program,
          ...[
            "--root",
            this.#options.appFolder ?? projectFolder,
            "--data",
            join(this.#folder.path, "host"),
            "--sign-in-file",
            users,
          ],
        ],
        environment: {
          ...this.settings,
          FUNCTIONS_PORT: last ? new URL(last.url).port : String(this.#options.functionsPort ?? 0),
        },
      }),
      readyReader: () => readReadyLine(functionsHostReady),
      onReadyAgain: (functions) => this.#takeFunctionsHost(functions),
    };
  }

  async #restartFunctionsHost(): Promise<void> {
    this.#progress("Local Azure has another identity secret: the Functions host starts again with it");
    this.#takeFunctionsHost(await this.#functions.restart());
  }

  #takeFunctionsHost(functions: FunctionsHostReady): void {
    this.#functionsReady = functions;
    this.#writeFiles();
    this.#progress(`The Functions host is ready again: process ${functions.pid}`);
    this.#nextFunctionsHost.resolve();
    this.#nextFunctionsHost = deferred();
  }

  #common(name: string, log: string) {
    return {
      name,
      readyWithinMilliseconds,
      stopWithinMilliseconds,
      workingFolder: projectFolder,
      logFile: this.#folder.logFile(log),
      onRestart: (delay: number) =>
        this.#progress(`${name} died: it starts again ${delay === 0 ? "at once" : `in ${delay} ms`}`),
      onGivenUp: (error: StackError) => {
        this.#progress(error.message);
        this.#stopped ??= this.#stopAll(error);
      },
    };
  }
}

function present<T>(value: T | null, what: string): T {
  if (value === null) throw new StackError(`The ${what} does not run in this stack.`);
  return value;
}
