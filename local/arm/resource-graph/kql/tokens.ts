import { QueryError, type QueryPosition } from "./query-error.ts";

/** A word of a query. `name` is an identifier or keyword; `end` stands behind the last one. */
export interface Token {
  readonly kind: "name" | "string" | "number" | "symbol" | "end";
  /** As written. */
  readonly text: string;
  /** Of strings and numbers. */
  readonly value: string | number | undefined;
  readonly position: QueryPosition;
  /** True where nothing stands between the word before and this one (`mv-expand`, `in~`). */
  readonly adjoining: boolean;
}

const symbols = [
  "==",
  "!=",
  "=~",
  "!~",
  "<=",
  ">=",
  "..",
  "!",
  "=",
  "<",
  ">",
  "|",
  "(",
  ")",
  "[",
  "]",
  ",",
  ".",
  "-",
  "+",
  "*",
  "/",
  "%",
  "~",
];
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};
const space = /\s+|\/\/[^\n]*/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])/y;

/**
 * Splits a query into words; comments (`//` to the end of the line) are passed over.
 * Source: Kusto Query Language, "Scalar data types: string" for the quoting of text.
 *
 * @throws QueryError for an unclosed text or a character that KQL does not know
 */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const positions = new Positions(query);
  let at = 0;
  let adjoining = false;
  while (at < query.length) {
    const gap = matched(space, query, at);
    if (gap !== undefined) {
      at += gap.length;
      adjoining = false;
      continue;
    }
    const token = tokenAt(query, at, positions);
    tokens.push({ ...token, adjoining });
    at += token.text.length;
    adjoining = true;
  }
  tokens.push({ kind: "end", text: "<EOF>", value: undefined, position: positions.of(at), adjoining: false });
  return tokens;
}

type BareToken = Omit<Token, "adjoining">;

function tokenAt(query: string, at: number, positions: Positions): BareToken {
  const position = positions.of(at);
  const first = query[at] ?? "";
  if (first === "'" || first === '"') return quoted(query, at, position);
  if (first === "@" && (query[at + 1] === "'" || query[at + 1] === '"')) return verbatim(query, at, position);
  const word = matched(name, query, at);
  if (word !== undefined) return { kind: "name", text: word, value: undefined, position };
  const digits = matched(number, query, at);
  if (digits !== undefined) return { kind: "number", text: digits, value: Number(digits), position };
  const symbol = symbols.find((each) => query.startsWith(each, at));
  if (symbol !== undefined) return { kind: "symbol", text: symbol, value: undefined, position };
  throw new QueryError("ParserFailure", `The character '${first}' is unexpected.`, first, position);
}

function quoted(query: string, start: number, position: QueryPosition): BareToken {
  const quote = query[start];
  let value = "";
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query[at] ?? "";
    if (character === quote) return { kind: "string", text: query.slice(start, at + 1), value, position };
    if (character === "\n" || character === "\r") break;
    if (character !== "\\") {
      value += character;
      continue;
    }
    const hex = /^u([0-9a-fA-F]{4})|^x([0-9a-fA-F]{2})/.exec(query.slice(at + 1, at + 6));
    const plain = escapes[query[at + 1] ?? ""];
    if (hex !== null) value += String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? "", 16));
    else if (plain !== undefined) value += plain;
    else throw new QueryError("ParserFailure", "A text has an unknown escape.", query.slice(at, at + 2), position);
    at += hex === null ? 1 : hex[0].length;
  }
  throw new QueryError("ParserFailure", "A text is not closed.", query.slice(start, start + 20), position);
}

/** `@'…'`: a backslash is a backslash, and the quote is written twice. */
function verbatim(query: string, start: number, position: QueryPosition): BareToken {
  const quote = query[start + 1];
  let value = "";
  for (let at = start + 2; at < query.length; at += 1) {
    if (query[at] !== quote) value += query[at];
    else if (query[at + 1] === quote) {
      value += quote;
      at += 1;
    } else return { kind: "string", text: query.slice(start, at + 1), value, position };
  }
  throw new QueryError("ParserFailure", "A text is not closed.", query.slice(start, start + 20), position);
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === "" ? undefined : found;
}

/** Lines and characters of offsets, asked in growing order. */
class Positions {
  readonly #text: string;
  #line = 1;
  #lineStart = 0;
  #seen = 0;

  constructor(text: string) {
    this.#text = text;
  }

  of(at: number): QueryPosition {
    for (; this.#seen < at; this.#seen += 1) {
      if (this.#text[this.#seen] !== "\n") continue;
      this.#line += 1;
      this.#lineStart = this.#seen + 1;
    }
    return { line: this.#line, character: at - this.#lineStart };
  }
}
