/** Roles of the API. They do not imply each other. */
export type Role = "Read" | "Request" | "Approve" | "Operate";

/** Problems that the API answers, by HTTP status; each is described once in components.responses. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 500 | 502 | 503;

export interface JsonContent {
  /** Name in components.schemas; absent where any object is answered. */
  readonly schema?: string;
  readonly example?: unknown;
}

export interface SuccessResponse extends JsonContent {
  readonly description: string;
  /** Where it is not JSON: it is text then. */
  readonly mediaType?: string;
  /** Nothing is in its body. */
  readonly empty?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One route of the API as the document tells it: one entry in operations/index.ts each. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** Below `/api`, with `{name}` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** Any of these is enough. */
  readonly roles: readonly Role[];
  /** Name and description; none of them is required. */
  readonly queryParameters?: Readonly<Record<string, string>>;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: JsonContent;
  readonly responses: Readonly<Record<number, SuccessResponse>>;
  /** Besides 500 and 503, which every operation may answer. */
  readonly problems: readonly ProblemStatus[];
}
