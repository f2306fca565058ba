import { isJsonObject, type JsonObject } from "../json.ts";

/** One advanced filter of an event subscription. */
export interface AdvancedFilter {
  readonly operatorType: string;
  readonly key: string;
  readonly value?: unknown;
  readonly values?: readonly unknown[] | undefined;
}

type Test = (actual: unknown, wanted: unknown) => boolean;

const onText =
  (test: (actual: string, wanted: string) => boolean): Test =>
  (actual, wanted) =>
    typeof actual === "string" && typeof wanted === "string" && test(actual.toLowerCase(), wanted.toLowerCase());
const onNumbers =
  (test: (actual: number, wanted: number) => boolean): Test =>
  (actual, wanted) =>
    typeof actual === "number" && typeof wanted === "number" && test(actual, wanted);
const inRange: Test = (actual, wanted) =>
  typeof actual === "number" && Array.isArray(wanted) && actual >= Number(wanted[0]) && actual <= Number(wanted[1]);

/** Operators by name without `Not`; text is compared without regard to case. */
const tests: Readonly<Record<string, Test>> = {
  StringIn: onText((actual, wanted) => actual === wanted),
  StringContains: onText((actual, wanted) => actual.includes(wanted)),
  StringBeginsWith: onText((actual, wanted) => actual.startsWith(wanted)),
  StringEndsWith: onText((actual, wanted) => actual.endsWith(wanted)),
  NumberIn: onNumbers((actual, wanted) => actual === wanted),
  NumberInRange: inRange,
  NumberLessThan: onNumbers((actual, wanted) => actual < wanted),
  NumberLessThanOrEquals: onNumbers((actual, wanted) => actual <= wanted),
  NumberGreaterThan: onNumbers((actual, wanted) => actual > wanted),
  NumberGreaterThanOrEquals: onNumbers((actual, wanted) => actual >= wanted),
  BoolEquals: (actual, wanted) => typeof actual === "boolean" && actual === wanted,
};

const negations = new Map(
  [
    "StringNotIn",
    "StringNotContains",
    "StringNotBeginsWith",
    "StringNotEndsWith",
    "NumberNotIn",
    "NumberNotInRange",
  ].map((name) => [name, name.replace("Not", "")]),
);

/** Every operator that event subscriptions know. */
export const advancedFilterOperators: readonly [string, ...string[]] = [
  "IsNullOrUndefined",
  "IsNotNull",
  ...Object.keys(tests),
  ...negations.keys(),
];

/**
 * Whether an event passes a filter: one of its values must match, for a `Not` operator none of them may.
 * @param onArrays whether one matching element of an array is enough; otherwise arrays match nothing
 */
export function matchesAdvancedFilter(filter: AdvancedFilter, event: JsonObject, onArrays: boolean): boolean {
  const { operatorType, key, value, values } = filter;
  const actual = valueAt(event, key);
  if (operatorType === "IsNullOrUndefined") return actual === undefined || actual === null;
  if (operatorType === "IsNotNull") return actual !== undefined && actual !== null;
  const wanted = values ?? [value];
  const negated = negations.get(operatorType);
  const test = tests[negated ?? operatorType];
  if (test === undefined) throw new Error(`The operator ${operatorType} of an event subscription is not modelled.`);
  const candidates = Array.isArray(actual) ? (onArrays ? actual : []) : [actual];
  const found = candidates.some((candidate) => wanted.some((each) => test(candidate, each)));
  return negated === undefined ? found : !found;
}

/** The value under a dotted key, found without regard to case as Event Grid does. */
function valueAt(event: JsonObject, key: string): unknown {
  let at: unknown = event;
  for (const part of key.split(".")) {
    if (!isJsonObject(at)) return undefined;
    const name = Object.keys(at).find((each) => each.toLowerCase() === part.toLowerCase());
    at = name === undefined ? undefined : at[name];
  }
  return at;
}
