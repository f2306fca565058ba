import { createHash } from "node:crypto";
import { resourceIdKey } from "./resource-id.ts";

/** Key of the entity that orders what happens to a resource: ids hold characters that keys may not. */
export function watchedResourceKey(resourceId: string): string {
  return createHash("sha256").update(resourceIdKey(resourceId)).digest("hex").slice(0, 32);
}
