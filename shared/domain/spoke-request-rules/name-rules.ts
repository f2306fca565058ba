import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** `snet-gateway` is the gateway's subnet, and `/spokes/plan` a route of the API. */
const reservedNames: readonly string[] = ["gateway", "plan"];

/** Reserved names of spokes and tiers; unique names of tiers. */
export function* nameRules({ spoke, tiers = [] }: RequestParts): Generator<Violation> {
  if (spoke.name !== undefined && reservedNames.includes(spoke.name)) yield reserved("/name", spoke.name);
  const seen = new Set<string>();
  for (const [index, { name }] of tiers.entries()) {
    if (name === undefined) continue;
    const pointer = jsonPointer(["application", "tiers", index, "name"]);
    if (reservedNames.includes(name)) yield reserved(pointer, name);
    if (seen.has(name)) {
      yield { pointer, code: "duplicate-tier", message: `Another tier is named ${name}: names of tiers are unique.` };
    }
    seen.add(name);
  }
}

function reserved(pointer: string, name: string): Violation {
  return { pointer, code: "reserved-name", message: `The name ${name} is reserved: choose another.` };
}
