import { isJsonObject } from "../../json.ts";
import type { ValueType } from "./syntax.ts";
import { isEmpty, textOf } from "./values.ts";

/** A function of one value. */
export interface ScalarFunction {
  readonly type: ValueType;
  readonly apply: (value: unknown) => unknown;
}

const whole: ScalarFunction = {
  type: "number",
  apply: (value) => {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return Math.trunc(value);
    return typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : null;
  },
};

/** The functions of the subset. Source: Kusto Query Language, "Scalar functions". */
export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>([
  ["not", { type: "bool", apply: (value) => (typeof value === "boolean" ? !value : null) }],
  ["isempty", { type: "bool", apply: isEmpty }],
  ["isnotempty", { type: "bool", apply: (value) => !isEmpty(value) }],
  ["isnull", { type: "bool", apply: (value) => value === null || value === undefined }],
  ["isnotnull", { type: "bool", apply: (value) => value !== null && value !== undefined }],
  ["tostring", { type: "string", apply: textOf }],
  ["tolower", { type: "string", apply: (value) => textOf(value).toLowerCase() }],
  ["toupper", { type: "string", apply: (value) => textOf(value).toUpperCase() }],
  ["toint", whole],
  ["tolong", whole],
  ["tobool", { type: "bool", apply: toBoolean }],
  ["strlen", { type: "number", apply: (value) => textOf(value).length }],
  ["array_length", { type: "number", apply: (value) => (Array.isArray(value) ? value.length : null) }],
  ["bag_keys", { type: "dynamic", apply: (value) => (isJsonObject(value) ? Object.keys(value) : null) }],
]);

function toBoolean(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : null;
}
