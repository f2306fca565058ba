import type * as z from "zod";
import { jsonPointer, resolvePath } from "./json-pointer.ts";
import type { Violation } from "./violation.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const sizeCodes: Readonly<Record<string, readonly [small: string, big: string]>> = {
  string: ["too-short", "too-long"],
  array: ["too-few", "too-many"],
};

/** What zod found wrong with a document, one violation for each unknown field, each missing field, each broken rule. */
export function* shapeViolations(error: z.ZodError, document: unknown): Generator<Violation> {
  for (const issue of error.issues) yield* violationsOf(issue, [], document);
}

function* violationsOf(issue: Issue, base: Path, document: unknown): Generator<Violation> {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      yield {
        pointer: jsonPointer([...path, key]),
        code: "unknown-field",
        message: "This field is not known: remove it.",
      };
    }
  } else if (isMissing(path, document)) {
    yield { pointer: jsonPointer(path), code: "missing", message: "This field is required." };
  } else if (issue.code === "invalid_union" && issue.errors.length > 0) {
    for (const inner of nearestAlternative(issue.errors)) yield* violationsOf(inner, path, document);
  } else {
    yield { pointer: jsonPointer(path), code: codeOf(issue), message: issue.message };
  }
}

function isMissing(path: Path, document: unknown): boolean {
  const target = resolvePath(document, path);
  return path.length > 0 && (!target.found || target.value === undefined);
}

/** Of the alternatives of a union, the one whose own type fits, so that its inner violations can be told. */
function nearestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const inner = alternatives.find((issues) => issues.every((issue) => issue.path.length > 0));
  return inner ?? alternatives.at(0)?.slice(0, 1) ?? [];
}

function codeOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return "wrong-type";
    case "invalid_format":
      return "malformed";
    case "too_small":
      return sizeCodes[issue.origin]?.[0] ?? "too-small";
    case "too_big":
      return sizeCodes[issue.origin]?.[1] ?? "too-large";
    case "invalid_value":
    case "invalid_union":
      return "not-allowed";
    default:
      return "invalid";
  }
}
