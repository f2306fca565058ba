import type { Answer } from "../requests/arm-request.ts";
import type { GraphCall } from "./graph-call.ts";
import { GraphError } from "./graph-error.ts";

type GraphObject = Readonly<Record<string, unknown>>;

/** A collection in one page, less the properties that `$select` leaves out. */
export function collection(call: GraphCall, objects: readonly GraphObject[]): Answer {
  const value = objects.map((object) => {
    const { "@odata.type": odataType, ...rest } = object;
    return { ...(odataType === undefined ? {} : { "@odata.type": odataType }), ...selected(call, rest) };
  });
  return { status: 200, body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata", value } };
}

/**
 * The properties of an object that `$select` names.
 * @throws GraphError 501 for any other query option
 */
export function selected({ query }: GraphCall, object: GraphObject): GraphObject {
  const foreign = [...query.keys()].find((key) => key !== "$select");
  if (foreign !== undefined)
    throw new GraphError(501, "NotImplementedByLocalAzure", `Local Azure does not model ${foreign}.`);
  const names = query
    .get("$select")
    ?.split(",")
    .map((name) => name.trim());
  if (names === undefined) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => names.includes(key)));
}
