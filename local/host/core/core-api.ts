/**
 * The part of the worker contract that the library `@azure/functions` expects from `@azure/functions-core`:
 * the module a Functions host puts at the app's disposal.
 */

/** One value on its way between host and app: exactly one of the fields is set; none means "no value". */
export interface RpcTypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: RpcHttpData;
}

/** An HTTP request (method, url, query, params) or response (statusCode, cookies), as the worker contract has it. */
export interface RpcHttpData {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  params?: Record<string, string>;
  body?: RpcTypedData;
  statusCode?: string;
  cookies?: RpcHttpCookie[];
}

/** A cookie to set; each optional attribute is wrapped in `{ value }`. */
export interface RpcHttpCookie {
  name: string;
  value: string;
  domain?: { value: string };
  path?: { value: string };
  expires?: { value: { seconds: number } };
  secure?: { value: boolean };
  httpOnly?: { value: boolean };
  sameSite?: "none" | "lax" | "strict" | "explicitNone";
  maxAge?: { value: number };
}

/** One binding of a function: its type decides which further properties it has. */
export interface BindingMetadata {
  type: string;
  direction: "in" | "out";
  [property: string]: unknown;
}

/** What an app registers for one function. */
export interface FunctionMetadata {
  name: string;
  bindings: Record<string, BindingMetadata>;
  retryOptions?: unknown;
}

/** The app's handler. */
export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** What happens around an invocation and the app's life. */
export type HookName = "appStart" | "appTerminate" | "preInvocation" | "postInvocation" | "log";

/** A hook; it may change the context it is given. */
export type HookCallback = (context: Record<string, unknown>) => unknown;

/** Log levels of the worker contract. */
export type LogLevel = "trace" | "debug" | "information" | "warning" | "error" | "critical" | "none";

/** The request part of an invocation. */
export interface InvocationRequest {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: RpcTypedData }[];
  triggerMetadata: Record<string, RpcTypedData>;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
}

/** What the library is given per invocation. */
export interface CoreInvocationContext {
  invocationId: string;
  request: InvocationRequest;
  metadata: FunctionMetadata;
  state?: "preInvocationHooks" | "postInvocationHooks" | "invocation";
  log(level: LogLevel, category: string, message: string): void;
}

/** What the library answers per invocation. */
export interface InvocationResponse {
  returnValue?: RpcTypedData | null;
  outputData?: { name: string; data: RpcTypedData }[];
}

/** The library's half of one invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

/** The library itself, as it introduces itself to the host. */
export interface ProgrammingModel {
  name: string;
  version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** The members of `@azure/functions-core` that the library uses. */
export interface CoreApi {
  setProgrammingModel(model: ProgrammingModel): void;
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): void;
  registerHook(name: HookName, callback: HookCallback): { dispose(): void };
  log(level: LogLevel, category: string, message: string): void;
}
