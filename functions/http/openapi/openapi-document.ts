import "./change-schemas.ts";
import "./compliance-schemas.ts";
import "./connectivity-schemas.ts";
import "./exemption-schemas.ts";
import "./finding-schemas.ts";
import "./plan-schemas.ts";
import "./recommendation-schemas.ts";
import "./spoke-schemas.ts";
import { componentSchemas } from "./component.ts";
import type { JsonContent, Operation, QueryParameter, Role, SuccessResponse } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { pathParameters } from "./path-parameters.ts";
import { problemReference, problemResponses } from "./problem-responses.ts";
import { entraScheme, tags } from "./readers-notes.ts";

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
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api", description: "The function app." }],
    tags,
    paths,
    components: {
      schemas: componentSchemas(),
      responses: problemResponses(),
      securitySchemes: { entra: entraScheme },
    },
  };
}

function operationObject(operation: Operation): Record<string, unknown> {
  const { operationId, tag, summary, roles, requestBody } = operation;
  const parameters = [
    ...pathParameters(operation.path),
    ...queryParameters(operation.queryParameters ?? {}),
    ...headerParameters(operation.requestHeaders ?? {}),
  ];
  const successes = Object.entries(operation.responses).map(([status, response]) => [status, success(response)]);
  const problems = [...operation.problems, ...anywhere].map((status) => [status, problemReference(status)]);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `Role: ${roles.join(" or ")}.`,
    security: securityOf(roles),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody: { required: !requestBody.optional, content: content(requestBody) } }),
    responses: Object.fromEntries([...successes, ...problems]),
  };
}

/** Roles as OpenAPI 3.1 tells them (Security Requirement Object): each entry of the list is an alternative. */
function securityOf(roles: readonly Role[]): unknown[] {
  return roles.map((role) => ({ entra: [role] }));
}

function queryParameters(described: Readonly<Record<string, QueryParameter>>): unknown[] {
  return Object.entries(described).map(([name, { description, schema = { type: "string" } }]) => ({
    name,
    in: "query",
    description,
    schema,
  }));
}

function headerParameters(described: Readonly<Record<string, string>>): unknown[] {
  return Object.entries(described).map(([name, description]) => ({
    name,
    in: "header",
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

function contentOf(mediaType: string | undefined, json: JsonContent): Record<string, unknown> {
  const asText = mediaType === undefined ? {} : { [mediaType]: { schema: { type: "string" } } };
  const isJson = mediaType === undefined || json.schema !== undefined;
  return { ...(isJson ? content(json) : {}), ...asText };
}

function content({ schema, example }: JsonContent): Record<string, unknown> {
  const reference = schema === undefined ? anyObject : { $ref: `#/components/schemas/${schema}` };
  return { "application/json": { schema: reference, ...(example !== undefined && { example }) } };
}
