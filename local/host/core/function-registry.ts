import type {
  BindingMetadata,
  CoreApi,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  LogLevel,
  ProgrammingModel,
} from "./core-api.ts";

/** A function the app registered, with its trigger picked out. */
export interface RegisteredFunction {
  name: string;
  metadata: FunctionMetadata;
  callback: FunctionCallback;
  /** Name of the trigger binding, under which the trigger's value is handed over. */
  triggerName: string;
  trigger: BindingMetadata;
}

/** The app cannot run on this host as it is; the message names the function and the reason. */
export class AppLoadError extends Error {
  override name = "AppLoadError";
}

/** Everything the app registered through `@azure/functions-core`. */
export class FunctionRegistry implements CoreApi {
  readonly #functions = new Map<string, RegisteredFunction>();
  readonly #hooks = new Map<HookName, Set<HookCallback>>();
  readonly #log: (level: LogLevel, category: string, message: string) => void;
  #model: ProgrammingModel | undefined;
  #inLogHook = false;

  constructor(log: (level: LogLevel, category: string, message: string) => void) {
    this.#log = log;
  }

  setProgrammingModel(model: ProgrammingModel): void {
    this.#model = model;
  }

  /** @throws AppLoadError when the name is taken (names are compared without case, as the Functions host does). */
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): void {
    const key = metadata.name.toLowerCase();
    if (this.#functions.has(key)) {
      throw new AppLoadError(`Function "${metadata.name}" is registered twice.`);
    }
    const triggers = Object.entries(metadata.bindings).filter(([, binding]) => /trigger$/i.test(binding.type));
    const [only] = triggers;
    if (!only || triggers.length !== 1) {
      throw new AppLoadError(`Function "${metadata.name}" must have one trigger and has ${triggers.length}.`);
    }
    const [triggerName, trigger] = only;
    this.#functions.set(key, { name: metadata.name, metadata, callback, triggerName, trigger });
  }

  registerHook(name: HookName, callback: HookCallback): { dispose(): void } {
    const callbacks = this.#hooks.get(name) ?? new Set();
    this.#hooks.set(name, callbacks.add(callback));
    return { dispose: () => void callbacks.delete(callback) };
  }

  log(level: LogLevel, category: string, message: string): void {
    const line = this.throughLogHooks({ level, category, message });
    this.#log(line.level, category, line.message);
  }

  /**
   * A line as the app's log hooks leave it: they may change level and message of the app's own lines, as in the Node
   * worker, and those of lines that a hook itself writes are not shown to hooks.
   */
  throughLogHooks(line: {
    readonly level: LogLevel;
    readonly category: string;
    readonly message: string;
    readonly invocationContext?: unknown;
  }): { readonly level: LogLevel; readonly message: string } {
    if (this.#inLogHook) return line;
    this.#inLogHook = true;
    try {
      const shown = { hookData: {}, ...line };
      for (const hook of this.#hooks.get("log") ?? []) hook(shown);
      return line.category === "user" ? shown : line;
    } finally {
      this.#inLogHook = false;
    }
  }

  /** The library the app was written with. @throws AppLoadError when the app registered nothing. */
  get model(): ProgrammingModel {
    if (!this.#model) {
      throw new AppLoadError("The app registered no function: is its entry point the one package.json names?");
    }
    return this.#model;
  }

  /** All functions, or those whose trigger is of the given type. */
  list(triggerType?: string): RegisteredFunction[] {
    const all = [...this.#functions.values()];
    return triggerType ? all.filter(({ trigger }) => isTriggerType(trigger, triggerType)) : all;
  }

  /** A function by its name, without regard to case. */
  find(name: string, triggerType?: string): RegisteredFunction | undefined {
    const found = this.#functions.get(name.toLowerCase());
    return found && triggerType && !isTriggerType(found.trigger, triggerType) ? undefined : found;
  }

  /** Runs the hooks of one kind in the order of their registration. */
  async runHooks(name: HookName, context: Record<string, unknown>): Promise<void> {
    for (const hook of this.#hooks.get(name) ?? []) {
      await hook(context);
    }
  }
}

function isTriggerType(trigger: BindingMetadata, type: string): boolean {
  return trigger.type.toLowerCase() === type.toLowerCase();
}
