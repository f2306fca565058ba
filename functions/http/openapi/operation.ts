/** Roles of the API. They do not imply each other. */
export type Role = "Read" | "Request" | "Approve" | "Operate";

/** Under which heading readers of the document find an operation. */
export type Tag = "Spokes" | "Network changes" | "Compliance" | "Recommendations" | "Exemptions" | "This document";

/** Problems that the API answers, by HTTP status; each is described once in components.responses. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 500 | 502 | 503;

export interface JsonContent {
  /** Name in components.schemas; absent where any object is answered. */
  readonly schema?: string;
  readonly example?: unknown;
}

export interface RequestBody extends JsonContent {
  readonly schema: string;
  /** The call may come without a body. */
  readonly optional?: true;
}

export interface SuccessResponse extends JsonContent {
  readonly description: string;
  /** Answered as text: instead of JSON, or beside it where there is a schema too. */
  readonly mediaType?: string;
  /** Nothing is in its body. */
  readonly empty?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A parameter of the query; none is required. */
export interface QueryParameter {
  readonly description: string;
  /** JSON Schema; a text where absent. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** One route of the API as the document tells it: one entry in operations/index.ts each. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** Below `/api`, with `{name}` for parameters: each is described in path-parameters.ts. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  /** Any of these is enough. */
  readonly roles: readonly Role[];
  readonly queryParameters?: Readonly<Record<string, QueryParameter>>;
  /** Name and description; none of them is required. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: RequestBody;
  readonly responses: Readonly<Record<number, SuccessResponse>>;
  /** Besides 500 and 503, which every operation may answer. */
  readonly problems: readonly ProblemStatus[];
}
