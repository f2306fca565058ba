import type { Engine } from "../engine/engine.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { resourceDocument } from "../verbs/resource-document.ts";
import type { Column, Row } from "./kql/relation.ts";

const texts = [
  "id",
  "name",
  "type",
  "tenantId",
  "kind",
  "location",
  "resourceGroup",
  "subscriptionId",
  "managedBy",
] as const;
const documents = ["sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"] as const;

/** The columns of every table, in Resource Graph's order. */
export const resourceColumns: readonly Column[] = [
  ...texts.map((name): Column => ({ name, type: "string" })),
  ...documents.map((name): Column => ({ name, type: "dynamic" })),
];

/** `properties` are made when they are asked for; those of the row asked last are kept, for several conditions on one. */
let last: { readonly row: ResourceRow; readonly properties: unknown } | undefined;

/** A resource as Resource Graph shows it: type and resource group in lower case, texts that it lacks empty. */
export class ResourceRow implements Row {
  readonly #engine: Engine;
  readonly #resource: Resource;

  constructor(engine: Engine, resource: Resource) {
    this.#engine = engine;
    this.#resource = resource;
  }

  value(column: string): unknown {
    const { id, name, type, body } = this.#resource;
    switch (column) {
      case "id":
        return id;
      case "name":
        return name;
      case "type":
        return type.toLowerCase();
      case "tenantId":
        return this.#engine.tenantId;
      case "resourceGroup":
        return (parseResourceId(id)?.resourceGroup ?? "").toLowerCase();
      case "subscriptionId":
        return (parseResourceId(id)?.subscriptionId ?? "").toLowerCase();
      case "properties":
        return this.#properties();
      case "kind":
      case "location":
      case "managedBy":
        return body[column] ?? "";
      default:
        return body[column] ?? null;
    }
  }

  #properties(): unknown {
    if (last?.row === this) return last.properties;
    const { properties: shown } = resourceDocument(this.#engine, this.#resource);
    const more = this.#engine.types.get(this.#resource.type)?.graphProperties?.(this.#resource);
    const properties = more === undefined ? shown : { ...shown, ...more };
    last = { row: this, properties };
    return properties;
  }
}
