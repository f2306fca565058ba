import type { JsonObject } from "../json.ts";
import type { ResourceEvent } from "./resource-event.ts";

export type EventDeliverySchema = "EventGridSchema" | "CloudEventSchemaV1_0";

/** An event in the schema that a subscription asks for. Source: "Azure Event Grid event schema", "CloudEvents v1.0 schema". */
export function inSchema(event: ResourceEvent, schema: EventDeliverySchema): JsonObject {
  const { id, type, topic, subject, time, data } = event;
  if (schema === "CloudEventSchemaV1_0") return { id, source: topic, subject, type, time, specversion: "1.0", data };
  return { id, topic, subject, eventType: type, eventTime: time, data, dataVersion: "2", metadataVersion: "1" };
}
