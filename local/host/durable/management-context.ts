import type { FunctionRegistry } from "../core/function-registry.ts";
import type { DurableEngine } from "./engine.ts";
import type { ManagementAddress } from "./management-urls.ts";

/** What the routes of the management API work on. */
export interface ManagementContext {
  engine: DurableEngine;
  registry: FunctionRegistry;
  address: ManagementAddress;
}
