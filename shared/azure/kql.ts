/** A query of Resource Graph, or a part of one, in which every value is escaped: only `kql` makes it. */
export class KqlQuery {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What stands for a value: a text, a number, a truth, a list of texts for `in`, or another part of a query. */
export type KqlValue = string | number | boolean | readonly string[] | KqlQuery;

/**
 * A query with values in it: `` kql`resources | where name =~ ${name} and type in~ ${types}` ``. A value becomes a literal,
 * whatever it holds, so that nothing from outside becomes a part of the query.
 * @throws RangeError for a list without members, which Kusto does not take, and for a number that is none
 */
export function kql(parts: TemplateStringsArray, ...values: readonly KqlValue[]): KqlQuery {
  const text = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + literal(value);
  });
  return new KqlQuery(text.join(""));
}

function literal(value: KqlValue): string {
  if (value instanceof KqlQuery) return value.text;
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return String(value);
    throw new RangeError(`${value} is no number of the Kusto query language`);
  }
  if (value.length === 0) throw new RangeError("The Kusto query language takes no list without members");
  return `(${value.map(stringLiteral).join(", ")})`;
}

/** Kusto, "The string data type": backslash escapes; what is not printable ASCII by its code, so that no reader errs. */
function stringLiteral(text: string): string {
  const escaped = text.replaceAll(/[^ -~]|['"\\]/g, (character) =>
    character === "'" || character === '"' || character === "\\"
      ? `\\${character}`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}
