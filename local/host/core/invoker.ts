import { randomBytes, randomUUID } from "node:crypto";
import type { InvocationResponse, LogLevel, RpcTypedData } from "./core-api.ts";
import type { FunctionRegistry, RegisteredFunction } from "./function-registry.ts";

/** Runs a function of the app once; rejects with what its handler threw. */
export type Invoke = (
  registered: RegisteredFunction,
  input: RpcTypedData,
  triggerMetadata?: Record<string, RpcTypedData>,
  /** `traceparent` of whoever calls. */
  caller?: string,
) => Promise<InvocationResponse>;

/** What an invocation needs from its surroundings. */
export interface InvokerPorts {
  registry: FunctionRegistry;
  /** The value of an input binding other than the trigger. */
  bindingValue(type: string): RpcTypedData;
  log(level: LogLevel, category: string, message: string, functionName: string, invocationId: string): void;
}

/** Makes the function that runs the app's functions: arguments, hooks, handler, hooks, response. */
export function createInvoker({ registry, bindingValue, log }: InvokerPorts): Invoke {
  return async (registered, input, triggerMetadata = {}, caller) => {
    const invocationId = randomUUID();
    let invocationContext: unknown;
    const { metadata, triggerName } = registered;
    const inputData = Object.entries(metadata.bindings)
      .filter(([, binding]) => binding.direction === "in")
      .map(([name, binding]) => ({ name, data: name === triggerName ? input : bindingValue(binding.type) }));
    const core = {
      invocationId,
      metadata,
      request: {
        invocationId,
        functionId: registered.name,
        inputData,
        triggerMetadata,
        traceContext: { traceParent: traceParentBelow(caller), traceState: "", attributes: {} },
      },
      state: "invocation" as "preInvocationHooks" | "postInvocationHooks" | "invocation",
      log: (level: LogLevel, category: string, message: string) => {
        const line = registry.throughLogHooks({ level, category, message, invocationContext });
        log(line.level, category, line.message, registered.name, invocationId);
      },
    };
    const model = registry.model.getInvocationModel(core);
    const { context, inputs } = await model.getArguments();
    invocationContext = context;
    const hookData = {};

    const before = { hookData, invocationContext: context, functionCallback: registered.callback, inputs };
    core.state = "preInvocationHooks";
    await registry.runHooks("preInvocation", before);
    core.state = "invocation";

    const after = { hookData, invocationContext: context, inputs: before.inputs, ...(await outcomeOf()) };
    core.state = "postInvocationHooks";
    await registry.runHooks("postInvocation", after);
    if (after.error !== null && after.error !== undefined) {
      throw after.error;
    }
    return model.getResponse(context, after.result);

    async function outcomeOf(): Promise<{ result: unknown; error: unknown }> {
      try {
        return { result: await model.invokeFunction(context, before.inputs, before.functionCallback), error: null };
      } catch (error) {
        return { result: null, error: error ?? new Error("The function threw no value.") };
      }
    }
  };
}

/** The W3C trace parent of this invocation: in the caller's trace, as the Functions host continues it, else in a new one. */
function traceParentBelow(caller: string | undefined): string {
  const [, traceId, flags] =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/.exec(caller ?? "") ?? [];
  return `00-${traceId ?? randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-${flags ?? "00"}`;
}
