/** Where in a query something stands. */
export interface QueryPosition {
  /** From 1. */
  readonly line: number;
  /** From 0, as Resource Graph counts. */
  readonly character: number;
}

/**
 * A query that Resource Graph refuses. `code` is the detail below `InvalidQuery`: `ParserFailure` for what is no query,
 * `InvalidQueryLanguage` for KQL that is not offered, `DisallowedLogicalTableName` for tables that do not exist.
 */
export class QueryError extends Error {
  readonly code: "ParserFailure" | "InvalidQueryLanguage" | "DisallowedLogicalTableName" | "SemanticError";
  readonly token: string;
  readonly position: QueryPosition | undefined;

  constructor(code: QueryError["code"], message: string, token: string, position?: QueryPosition) {
    super(message);
    this.name = "QueryError";
    this.code = code;
    this.token = token;
    this.position = position;
  }
}
