import { isJsonObject } from "../../local/arm/json.ts";

/** A line of a Bicep file, and the property of the body that stands on it (`properties.subnets[0].name`). */
export interface BicepLine {
  readonly text: string;
  readonly property: string;
}

/**
 * A JSON value as a Bicep value, each property and each element on a line of its own, so that the line of a finding says
 * which one is meant. `opening` stands before the value (`location: `).
 * @throws RangeError for a number that is no whole one: Bicep has no literal for it.
 */
export function bicepValue(value: unknown, property: string, opening: string): readonly BicepLine[] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => bicepValue(item, `${property}[${index}]`, ""));
    return between(opening, "[", items, "]", property);
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value).flatMap(([name, item]) =>
      bicepValue(item, property === "" ? name : `${property}.${name}`, `${bicepString(name)}: `),
    );
    return between(opening, "{", members, "}", property);
  }
  return [{ text: opening + scalar(value, property), property }];
}

/** A string literal on one line. (Bicep documentation, "Data types in Bicep", Strings: its escapes.) */
export function bicepString(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("${", "\\${")
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  return `'${escaped}'`;
}

function between(
  opening: string,
  open: string,
  inner: readonly BicepLine[],
  close: string,
  property: string,
): readonly BicepLine[] {
  if (inner.length === 0) return [{ text: opening + open + close, property }];
  return [{ text: opening + open, property }, ...inner, { text: close, property }];
}

function scalar(value: unknown, property: string): string {
  if (typeof value === "string") return bicepString(value);
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new RangeError(`${property} is ${value}; Bicep knows whole numbers only`);
  return String(value);
}
