import { jsonPointer } from "../json-pointer.ts";
import { accessLimit, tierLimit, tierReferenceLimit } from "../spoke-request-schema.ts";
import type { Violation } from "../violation.ts";
import { fieldOf } from "../well-formed-parts.ts";
import type { RequestParts } from "./request-parts.ts";

interface Limit {
  readonly minimum: number;
  readonly maximum: number;
}

/** Lengths of the lists of a request. */
export function* sizeRules({ document }: RequestParts): Generator<Violation> {
  yield* sizeRule(document, ["application", "tiers"], tierLimit);
  yield* sizeRule(document, ["application", "flows"], accessLimit);
  yield* accessSizes(document, "managementAccess", "to");
  yield* accessSizes(document, "outboundAccess", "from");
}

function* accessSizes(document: unknown, listName: string, referenceName: string): Generator<Violation> {
  yield* sizeRule(document, [listName], accessLimit);
  const list = fieldOf(document, listName);
  if (!Array.isArray(list)) return;
  for (const index of list.keys()) yield* sizeRule(document, [listName, index, referenceName], tierReferenceLimit);
}

function* sizeRule(document: unknown, path: readonly (string | number)[], limit: Limit): Generator<Violation> {
  const list = path.reduce<unknown>(
    (value, key) => (typeof key === "number" ? (value as readonly unknown[])[key] : fieldOf(value, key)),
    document,
  );
  if (!Array.isArray(list)) return;
  const pointer = jsonPointer(path);
  if (list.length < limit.minimum) {
    yield { pointer, code: "too-few", message: `Needs at least ${limit.minimum} element(s).` };
  }
  if (list.length > limit.maximum) {
    yield { pointer, code: "too-many", message: `Takes at most ${limit.maximum} elements.` };
  }
}
