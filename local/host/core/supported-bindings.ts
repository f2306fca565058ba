import { AppLoadError, type RegisteredFunction } from "./function-registry.ts";

const triggers = [
  "httpTrigger",
  "timerTrigger",
  "eventGridTrigger",
  "queueTrigger",
  "orchestrationTrigger",
  "activityTrigger",
  "entityTrigger",
];
const inputs = ["durableClient"];
const outputs = ["http"];

/**
 * Refuses a function this host could only run in part: a binding that is silently ignored is a test that lies.
 * @throws AppLoadError naming the function and what it uses.
 */
export function assertSupported(registered: RegisteredFunction): void {
  const { name, metadata, triggerName, trigger } = registered;
  const refuse = (what: string): never => {
    throw new AppLoadError(`Function "${name}" uses ${what}, which the local Functions host does not run.`);
  };
  if (!includes(triggers, trigger.type)) {
    refuse(`the trigger type "${trigger.type}"`);
  }
  for (const [bindingName, binding] of Object.entries(metadata.bindings)) {
    if (bindingName !== triggerName && !includes(binding.direction === "out" ? outputs : inputs, binding.type)) {
      refuse(`the ${binding.direction}put binding type "${binding.type}"`);
    }
  }
  if (metadata.retryOptions) {
    refuse("a retry policy of the function runtime");
  }
}

function includes(types: string[], type: string): boolean {
  return types.some((known) => known.toLowerCase() === type.toLowerCase());
}
