import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";

interface Access {
  readonly tiers: readonly (string | undefined)[];
  readonly peer: string | undefined;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
}

/** No two elements of a list of accesses say the same of the same tier. */
export function* duplicateRules(listName: string, accesses: readonly Access[]): Generator<Violation> {
  const owners = new Map<string, number>();
  for (const [index, { tiers, peer, port, protocol }] of accesses.entries()) {
    if (peer === undefined || port === undefined || protocol === undefined) continue;
    const keys = tiers.filter((tier) => tier !== undefined).map((tier) => `${tier} ${peer} ${port} ${protocol}`);
    const other = keys.map((key) => owners.get(key)).find((owner) => owner !== undefined);
    if (other !== undefined) {
      const message = `Element ${other} of the list says the same of the same tier: remove one.`;
      yield { pointer: jsonPointer([listName, index]), code: "duplicate-access", message };
    }
    for (const key of keys) owners.set(key, owners.get(key) ?? index);
  }
}
