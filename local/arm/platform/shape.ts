import { type ZodType, z } from "zod";
import type { ArmError } from "../arm-error.ts";
import { invalidRequestContent, notModelled } from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/** What to do with members of a body that are not in its schema. */
export interface ShapeRules {
  /** Members that Azure answers with and ignores when they are sent back. */
  readonly readOnly?: readonly string[];
  /** Members that Azure takes and local Azure does not model: sending one is answered 501. */
  readonly unmodelled?: readonly string[];
  /** The provider's refusal of a wrong value. Default InvalidRequestContent. */
  readonly refuse?: (path: string, message: string) => ArmError;
}

/**
 * Parses one object of a request body by its schema. `null` counts as absent, as in Azure Resource Manager.
 *
 * @param what names the object in refusals, such as `StorageAccountProperties`
 * @throws ArmError 400 for an unknown member or a wrong value, 501 for what local Azure does not model
 */
export function parseShape<T>(what: string, value: unknown, schema: ZodType<T>, rules: ShapeRules = {}): T {
  const given = withoutNulls(value);
  const body = isJsonObject(given) ? omit(given, rules.readOnly ?? []) : given;
  for (const name of rules.unmodelled ?? []) {
    if (isJsonObject(body) && name in body) throw notModelled(`'${name}' of ${what}`);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refusal(
    what,
    parsed.error,
    rules.refuse ?? ((path, message) => invalidRequestContent(`${message} Path '${path}'`)),
  );
}

function refusal(what: string, error: z.ZodError, refuse: (path: string, message: string) => ArmError): ArmError {
  const issue = error.issues[0];
  if (issue === undefined) return refuse("", `${what} is invalid.`);
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") return refuse(path.join("."), `${issue.message}.`);
  const member = issue.keys[0] ?? "";
  return invalidRequestContent(
    `Could not find member '${member}' on object of type '${what}'. Path '${[...path, member].join(".")}'`,
  );
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutNulls(member)]));
}

function omit(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** One of a fixed set of words, in any casing; the parsed value has Azure's casing. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words): ZodType<Words[number]> {
  const byLower = new Map(words.map((one): [string, Words[number]] => [one.toLowerCase(), one]));
  return z.string().transform((given, context) => {
    const found = byLower.get(given.toLowerCase());
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: `The value '${given}' is not among ${words.join(", ")}` });
    return z.NEVER;
  });
}
