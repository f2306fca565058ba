import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

type Reference = readonly [path: readonly (string | number)[], name: string | undefined];

/** Every name of a tier in flows, management access and outbound access is that of a tier; none is named twice in a list. */
export function* tierReferenceRules(parts: RequestParts): Generator<Violation> {
  if (parts.tiers === undefined) return;
  const names = new Set(parts.tiers.map((tier) => tier.name));
  for (const [index, flow] of parts.flows.entries()) {
    const path = ["application", "flows", index];
    yield* unknownTiers(
      [
        [[...path, "from"], flow.from],
        [[...path, "to"], flow.to],
      ],
      names,
    );
  }
  for (const [index, { to }] of parts.managementAccess.entries()) {
    yield* tierList(["managementAccess", index, "to"], to, names);
  }
  for (const [index, { from }] of parts.outboundAccess.entries()) {
    yield* tierList(["outboundAccess", index, "from"], from, names);
  }
}

function* tierList(
  path: readonly (string | number)[],
  list: readonly (string | undefined)[],
  names: ReadonlySet<string | undefined>,
): Generator<Violation> {
  yield* unknownTiers(
    list.map((name, index) => [[...path, index], name] as const),
    names,
  );
  const seen = new Set<string>();
  for (const [index, name] of list.entries()) {
    if (name === undefined) continue;
    if (seen.has(name)) {
      const message = `The tier ${name} stands in this list already.`;
      yield { pointer: jsonPointer([...path, index]), code: "duplicate-tier-reference", message };
    }
    seen.add(name);
  }
}

function* unknownTiers(references: readonly Reference[], names: ReadonlySet<string | undefined>): Generator<Violation> {
  for (const [path, name] of references) {
    if (name === undefined || names.has(name)) continue;
    const message = `The application has no tier named ${name}.`;
    yield { pointer: jsonPointer(path), code: "unknown-tier", message };
  }
}
