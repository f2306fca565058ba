/** What a condition may ask about. */
export interface ConditionFacts {
  readonly action: string;
  /** `@Request[…]`: attributes of what is asked for, by the name after the colon in lower case. */
  readonly request: Readonly<Record<string, string>>;
  /** `@Resource[…]`: attributes of what stands. */
  readonly resource: Readonly<Record<string, string>>;
}

/** A condition, ready to be asked. */
export type RoleCondition = (facts: ConditionFacts) => boolean;

const tokenPattern = /\s*(\(|\)|\{|\}|,|&&|\|\||!|'[^']*'|@(?:Request|Resource)\[[^\]]+\]|[A-Za-z0-9:_.-]+)/y;

/**
 * Reads a role assignment condition: `AND`, `OR`, `!`, parentheses, `ActionMatches{'…'}` and comparisons of an attribute
 * with a set of values (GuidEquals, GuidNotEquals, StringEquals, StringEqualsIgnoreCase, with or without
 * `ForAnyOfAnyValues:` / `ForAnyOfAllValues:`).
 * Source: Azure RBAC, "Azure role assignment condition format and syntax".
 *
 * @throws SyntaxError for anything else
 */
export function parseRoleCondition(text: string): RoleCondition {
  const tokens = tokenize(text);
  const parser = new ConditionParser(tokens);
  return parser.parse();
}

function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (text.slice(tokenPattern.lastIndex).trim() !== "") {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match?.[1] === undefined)
      throw new SyntaxError(`The condition cannot be read at '${text.slice(at, at + 30)}'.`);
    tokens.push(match[1]);
  }
  return tokens;
}

class ConditionParser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  parse(): RoleCondition {
    const condition = this.#either();
    if (this.#at < this.#tokens.length)
      throw new SyntaxError(`Unexpected '${this.#tokens[this.#at]}' in the condition.`);
    return condition;
  }

  #either(): RoleCondition {
    const parts = [this.#both()];
    while (this.#skip("OR", "||")) parts.push(this.#both());
    return (facts) => parts.some((part) => part(facts));
  }

  #both(): RoleCondition {
    const parts = [this.#negatable()];
    while (this.#skip("AND", "&&")) parts.push(this.#negatable());
    return (facts) => parts.every((part) => part(facts));
  }

  #negatable(): RoleCondition {
    if (this.#skip("!", "NOT")) {
      const inner = this.#negatable();
      return (facts) => !inner(facts);
    }
    if (this.#skip("(")) {
      const inner = this.#either();
      this.#demand(")");
      return inner;
    }
    return this.#next() === "ActionMatches" ? this.#actionMatches() : this.#comparison();
  }

  #actionMatches(): RoleCondition {
    this.#at += 1;
    const patterns = this.#set();
    return ({ action }) => patterns.some((pattern) => pattern === action.toLowerCase());
  }

  #comparison(): RoleCondition {
    const attribute = /^@(Request|Resource)\[[^:\]]+:([^\]]+)\]$/.exec(this.#take());
    if (attribute === null) throw new SyntaxError("A condition compares @Request[…] or @Resource[…] with values.");
    const source = attribute[1] === "Request" ? "request" : "resource";
    const name = (attribute[2] ?? "").toLowerCase();
    const operator = this.#take().replace(/^ForAnyOf(Any|All)Values:/, "");
    const values = this.#set();
    const holds = comparisons[operator];
    if (holds === undefined) throw new SyntaxError(`The condition's operator '${operator}' is not modelled.`);
    return (facts) => holds(facts[source][name]?.toLowerCase(), values);
  }

  /** `{a, b}` or one value, in lower case. */
  #set(): readonly string[] {
    if (!this.#skip("{")) return [plain(this.#take())];
    const values = [plain(this.#take())];
    while (this.#skip(",")) values.push(plain(this.#take()));
    this.#demand("}");
    return values;
  }

  #next(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new SyntaxError("The condition ends too early.");
    this.#at += 1;
    return token;
  }

  #skip(...wanted: readonly string[]): boolean {
    if (!wanted.some((each) => each.toUpperCase() === this.#next().toUpperCase())) return false;
    this.#at += 1;
    return true;
  }

  #demand(token: string): void {
    if (this.#take() !== token) throw new SyntaxError(`The condition lacks a '${token}'.`);
  }
}

type Comparison = (value: string | undefined, values: readonly string[]) => boolean;

const equalsAny: Comparison = (value, values) => value !== undefined && values.includes(value);
const differsFromAll: Comparison = (value, values) => value !== undefined && !values.includes(value);
const comparisons: Readonly<Record<string, Comparison>> = {
  GuidEquals: equalsAny,
  GuidNotEquals: differsFromAll,
  StringEquals: equalsAny,
  StringEqualsIgnoreCase: equalsAny,
  StringNotEqualsIgnoreCase: differsFromAll,
};

function plain(token: string): string {
  return token.replace(/^'(.*)'$/, "$1").toLowerCase();
}
