import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { spokeRequestExample } from "../../../functions/http/openapi/examples.ts";
import { openapiDocument } from "../../../functions/http/openapi/openapi-document.ts";
import { operations } from "../../../functions/http/openapi/operations/index.ts";
import { resolveJsonPointer } from "../../../shared/domain/json-pointer.ts";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import { configuration, contractRequest, type Document } from "./contract-request.ts";

const document: Document = openapiDocument();

describe("the OpenAPI document", () => {
  it("is OpenAPI 3.1, plain JSON, and always the same", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(openapiDocument()).toEqual(document);
  });

  it("tells of every route, each under its path and method", () => {
    const routes = operations.map(({ method, path }) => `${method} ${path}`).sort();
    expect(routes).toEqual([
      "delete /exemptions/{id}",
      "delete /spokes/{name}",
      "get /changes",
      "get /compliance",
      "get /exemptions",
      "get /openapi.json",
      "get /recommendations",
      "get /spokes",
      "get /spokes/{name}",
      "get /spokes/{name}/connectivity",
      "get /spokes/{name}/topology.svg",
      "post /changes/{id}/undo",
      "post /compliance/sweep",
      "post /exemptions",
      "post /recommendations/{id}/accept",
      "post /spokes",
      "post /spokes/plan",
      "post /spokes/{name}/approval",
      "put /spokes/{name}",
    ]);
    const told = Object.entries<Document>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(told.sort()).toEqual(routes);
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
  });

  it("is valid, examples included, and keeps the rules of a linter for OpenAPI", async () => {
    const config = await createConfig({
      extends: ["recommended-strict"],
      rules: {
        "no-invalid-media-type-examples": "error",
        "no-invalid-schema-examples": "error",
        "no-unused-components": "error",
        "operation-operationId": "error",
        "operation-operationId-unique": "error",
        "parameter-description": "error",
        "tag-description": "error",
      },
    });
    const told = async (text: string) =>
      (await lintFromString({ source: text, config })).map(({ ruleId, message, location }) => [
        ruleId,
        message,
        location[0]?.pointer,
      ]);
    const source = JSON.stringify(document);
    expect(await told(source)).toEqual([]);
    expect((await told(source.replace('"status":"Running"', '"status":"Walking"'))).map(([rule]) => rule)).toEqual([
      "no-invalid-media-type-examples",
    ]);
  });

  it("says of every schema and every property what it means", () => {
    const { schemas } = document.components;
    const silent = Object.entries<Document>(schemas).flatMap(([id, schema]) =>
      [["", schema] as const, ...propertiesOf(schema)].flatMap(([path, { description, $ref }]) =>
        description === undefined && $ref === undefined ? [`${id}${path}`] : [],
      ),
    );
    expect(silent).toEqual([]);
    expect(propertiesOf(schemas.Spoke).length).toBeGreaterThan(15);
  });

  it("has no reference that leads nowhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(
      ([, pointer]) => pointer ?? "",
    );
    expect(references.length).toBeGreaterThan(20);
    for (const pointer of references)
      expect([pointer, resolveJsonPointer(document, pointer).found]).toEqual([pointer, true]);
  });

  it("tells the roles of each operation as alternatives", () => {
    expect(document.paths["/spokes"].post.security).toEqual([{ entra: ["Request"] }]);
    expect(document.paths["/spokes/{name}"].put.security).toEqual([{ entra: ["Operate"] }, { entra: ["Request"] }]);
    expect(document.paths["/spokes/{name}"].get.security).toEqual([{ entra: ["Read"] }]);
    expect(document.paths["/openapi.json"].get.security).toEqual(
      ["Read", "Request", "Approve", "Operate"].map((role) => ({ entra: [role] })),
    );
  });

  it("answers every problem as application/problem+json", () => {
    for (const response of Object.values<Document>(document.components.responses)) {
      expect(response.content["application/problem+json"].schema).toEqual({ $ref: "#/components/schemas/Problem" });
    }
    expect(Object.keys(document.paths["/spokes"].post.responses)).toEqual([
      "200",
      "202",
      "400",
      "401",
      "403",
      "409",
      "413",
      "500",
      "502",
      "503",
    ]);
    for (const operation of Object.values<Document>(document.paths).flatMap((path) => Object.values<Document>(path))) {
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["401", "403", "500", "503"]));
    }
    expect(Object.keys(document.paths["/spokes/{name}"].put.responses)).toContain("412");
  });

  it("describes requests by the schema that parses them", () => {
    const schema = document.components.schemas.SpokeRequest;
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ["name", "subscriptionId", "location", "networkManagersGroupId", "application"],
      properties: { name: { pattern: "^[a-z][a-z0-9-]{1,38}[a-z0-9]$" } },
    });
    expect(schema.properties.application.properties.tiers).toMatchObject({ minItems: 1, maxItems: 12 });
  });

  it("shows an example that is the contract's and parses", () => {
    expect(spokeRequestExample).toEqual(contractRequest());
    expect(parseSpokeRequest(spokeRequestExample, configuration).ok).toBe(true);
    expect(document.paths["/spokes"].post.requestBody.content["application/json"].example).toEqual(contractRequest());
  });
});

/** Every property of a schema, however deep, with its path. */
function propertiesOf(schema: Document, path = ""): [string, Document][] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries<Document>(schema).flatMap(([key, inner]): [string, Document][] =>
    key === "properties"
      ? Object.entries<Document>(inner).flatMap(([name, property]): [string, Document][] => [
          [`${path}/${name}`, property],
          ...propertiesOf(property, `${path}/${name}`),
        ])
      : propertiesOf(inner, path),
  );
}
