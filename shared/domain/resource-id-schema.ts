import * as z from "zod";
import { isResourceId } from "./resource-id.ts";

/** Schema of a text that is the resource id of a given type. */
export function resourceIdOf(type: string) {
  return z.string().refine((text) => isResourceId(text, type), `Must be the resource id of a ${type}.`);
}
