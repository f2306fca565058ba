import { problemExample } from "./examples.ts";
import type { ProblemStatus } from "./operation.ts";

const problems: Readonly<Record<ProblemStatus, { readonly name: string; readonly description: string }>> = {
  400: { name: "BadRequest", description: "The body breaks rules: errors lists every violation." },
  401: { name: "Unauthorized", description: "The caller is not signed in." },
  403: { name: "Forbidden", description: "The caller's roles or groups do not allow this." },
  404: { name: "NotFound", description: "There is no such spoke." },
  409: { name: "Conflict", description: "The name, the addresses or a run at work stand in the way." },
  412: { name: "PreconditionFailed", description: "The spoke has changed since it was read." },
  500: { name: "Unexpected", description: "The tool failed unexpectedly: its log has the reason." },
  502: {
    name: "RefusedToTheTool",
    description: "Azure or the platform refuses the tool itself: its owner has to do what errors says.",
  },
  503: { name: "Unavailable", description: "Azure could not be asked: try again after Retry-After." },
  413: { name: "ContentTooLarge", description: "The body is larger than 256 KiB." },
};

/** Reference to the response of a problem. */
export function problemReference(status: ProblemStatus): { $ref: string } {
  return { $ref: `#/components/responses/${problems[status].name}` };
}

/** `components.responses` of the document. */
export function problemResponses(): Record<string, unknown> {
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    Object.entries(problems).map(([status, { name, description }]) => {
      const example = status === "400" ? { example: problemExample } : {};
      return [name, { description, content: { "application/problem+json": { schema, ...example } } }];
    }),
  );
}
