import { QueryError } from "./query-error.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** The words of a query, read from left to right. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;

  /** @throws QueryError as `tokensOf` */
  constructor(query: string) {
    this.#tokens = tokensOf(query);
  }

  /** The next word, or the one `ahead` of it; the end stays the end. */
  peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#at + ahead, last)];
    if (token === undefined) throw new Error("A query has at least its end.");
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes the symbol where it comes next. */
  takes(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== "symbol" || token.text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  /** Takes the keyword where it comes next; keywords are in lower case. */
  takesWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== "name" || token.text !== word) return false;
    this.#at += 1;
    return true;
  }

  /** @throws QueryError where another word comes */
  demand(symbol: string): void {
    if (!this.takes(symbol)) throw this.unexpected(`'${symbol}'`);
  }

  /** @throws QueryError where no name comes */
  demandName(what: string): Token {
    if (this.peek().kind !== "name") throw this.unexpected(what);
    return this.next();
  }

  /** A hyphenated operator such as `mv-expand`, or a plain one. */
  demandOperatorName(): Token {
    const first = this.demandName("an operator");
    if (this.peek().text !== "-" || !this.peek().adjoining || this.peek(1).kind !== "name") return first;
    this.next();
    const second = this.next();
    return { ...first, text: `${first.text}-${second.text}` };
  }

  unexpected(expected: string): QueryError {
    const { text, position } = this.peek();
    return new QueryError("ParserFailure", `'${text}' is unexpected: ${expected} is expected.`, text, position);
  }
}
