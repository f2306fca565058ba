import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { ConfigurationParts } from "./configuration-parts.ts";

type List = readonly (string | undefined)[];

/** Lists name nothing twice, and access bindings name configured subscriptions. */
export function* listRules(parts: ConfigurationParts): Generator<Violation> {
  yield* duplicates(["locations"], parts.locations);
  yield* duplicates(["subscriptionIds"], parts.subscriptionIds);
  yield* duplicates(["dnsServers"], parts.dnsServers);
  const known = new Set(parts.subscriptionIds);
  for (const [index, binding] of parts.accessBindings.entries()) {
    const path = ["accessBindings", index];
    yield* duplicates([...path, "subscriptionIds"], binding.subscriptionIds);
    yield* duplicates([...path, "networkManagersGroupIds"], binding.networkManagersGroupIds);
    for (const [position, subscriptionId] of binding.subscriptionIds.entries()) {
      if (subscriptionId === undefined || known.has(subscriptionId)) continue;
      const pointer = jsonPointer([...path, "subscriptionIds", position]);
      yield { pointer, code: "unknown-subscription", message: `${subscriptionId} is not one of the subscriptionIds.` };
    }
  }
}

function* duplicates(path: readonly (string | number)[], list: List): Generator<Violation> {
  const seen = new Set<string>();
  for (const [index, value] of list.entries()) {
    if (value === undefined) continue;
    if (seen.has(value)) {
      yield { pointer: jsonPointer([...path, index]), code: "duplicate", message: "This stands in the list already." };
    }
    seen.add(value);
  }
}
