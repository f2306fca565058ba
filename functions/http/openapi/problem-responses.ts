import { problemExamples } from "./examples.ts";
import type { ProblemStatus } from "./operation.ts";

interface ProblemDescription {
  readonly name: string;
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: object }>>;
}

const problems: Readonly<Record<ProblemStatus, ProblemDescription>> = {
  400: { name: "BadRequest", description: "The body or the query breaks rules: errors lists every violation." },
  401: {
    name: "Unauthorized",
    description: "The caller is not signed in.",
    headers: { "WWW-Authenticate": { description: "Bearer.", schema: { type: "string" } } },
  },
  403: { name: "Forbidden", description: "The caller's roles or groups do not allow this." },
  404: { name: "NotFound", description: "There is nothing of this name or id." },
  409: { name: "Conflict", description: "The name, the addresses, what stands or a run at work is in the way." },
  412: { name: "PreconditionFailed", description: "The spoke has changed since it was read: read it again." },
  413: { name: "ContentTooLarge", description: "The body is larger than 256 KiB." },
  500: { name: "Unexpected", description: "The tool or its storage failed unexpectedly: its log has the reason." },
  502: {
    name: "RefusedToTheTool",
    description: "Azure or the platform refuses the tool itself: its owner has to do what errors says.",
  },
  503: {
    name: "Unavailable",
    description: "Azure could not be asked: the same call again after Retry-After.",
    headers: {
      "Retry-After": {
        description: "Seconds to wait; absent where nobody knows: then some ten seconds.",
        schema: { type: "integer", minimum: 1 },
      },
    },
  },
};

/** Reference to the response of a problem. */
export function problemReference(status: ProblemStatus): { $ref: string } {
  return { $ref: `#/components/responses/${problems[status].name}` };
}

/** `components.responses` of the document. */
export function problemResponses(): Record<string, unknown> {
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    Object.entries(problems).map(([status, { name, description, headers }]) => {
      const example = problemExamples[Number(status) as ProblemStatus];
      const content = { "application/problem+json": { schema, example } };
      return [name, { description, ...(headers && { headers }), content }];
    }),
  );
}
