import "./change-schemas.ts";
import "./compliance-schemas.ts";
import "./recommendation-schemas.ts";
import { componentSchemas } from "./component.ts";
import type { JsonContent, Operation, Role, SuccessResponse } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { problemReference, problemResponses } from "./problem-responses.ts";
import "./schemas.ts";

const anyObject = { type: "object" };
/** What every operation may answer: the tool itself or its storage fails. */
const anywhere = [500, 503] as const;

/** The OpenAPI 3.1 document of the API, as `/api/openapi.json` answers it. Pure: always the same. */
export function openapiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Zero Trust spokes",
      version: "1",
      description: "Hands out Zero Trust spoke virtual networks in Azure, and keeps them so.",
    },
    servers: [{ url: "/api" }],
    paths,
    components: {
      schemas: componentSchemas(),
      responses: problemResponses(),
      securitySchemes: {
        entra: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "Microsoft Entra sign-in." },
      },
    },
  };
}

function operationObject(operation: Operation): Record<string, unknown> {
  const { operationId, summary, requestBody } = operation;
  const parameters = [
    ...pathParameters(operation.path),
    ...parametersIn("query", operation.queryParameters ?? {}),
    ...parametersIn("header", operation.requestHeaders ?? {}),
  ];
  const successes = Object.entries(operation.responses).map(([status, response]) => [status, success(response)]);
  const problems = [...operation.problems, ...anywhere].map((status) => [status, problemReference(status)]);
  return {
    operationId,
    summary,
    security: securityOf(operation.roles),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody: { required: true, content: content(requestBody) } }),
    responses: Object.fromEntries([...successes, ...problems]),
  };
}

/** Roles as OpenAPI 3.1 tells them (Security Requirement Object): each entry of the list is an alternative. */
function securityOf(roles: readonly Role[]): unknown[] {
  return roles.map((role) => ({ entra: [role] }));
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function parametersIn(place: "query" | "header", described: Readonly<Record<string, string>>): unknown[] {
  return Object.entries(described).map(([name, description]) => ({
    name,
    in: place,
    description,
    schema: { type: "string" },
  }));
}

function success({ description, headers, mediaType, empty, ...json }: SuccessResponse): unknown {
  const described = Object.entries(headers ?? {}).map(([name, text]) => [
    name,
    { description: text, schema: { type: "string" } },
  ]);
  return {
    description,
    ...(described.length > 0 && { headers: Object.fromEntries(described) }),
    ...(empty ? {} : { content: contentOf(mediaType, json) }),
  };
}

function contentOf(mediaType: string | undefined, json: JsonContent): unknown {
  return mediaType === undefined ? content(json) : { [mediaType]: { schema: { type: "string" } } };
}

function content({ schema, example }: JsonContent): unknown {
  const reference = schema === undefined ? anyObject : { $ref: `#/components/schemas/${schema}` };
  return { "application/json": { schema: reference, ...(example !== undefined && { example }) } };
}
