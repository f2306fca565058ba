import { z } from "zod";
import type { JsonObject } from "../../json.ts";
import { invalidStorageProperty } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";

const sku = z.strictObject({
  name: word([
    "Standard_LRS",
    "Standard_GRS",
    "Standard_RAGRS",
    "Standard_ZRS",
    "Standard_GZRS",
    "Standard_RAGZRS",
    "Premium_LRS",
    "Premium_ZRS",
  ]),
  tier: z.string().optional(),
});
const kind = word(["StorageV2", "Storage", "BlobStorage", "BlockBlobStorage", "FileStorage"]);

/**
 * Reads sku and kind of a storage account's body, where it has them.
 * @throws ArmError InvalidRequestPropertyValue
 */
export function parseSkuAndKind(body: JsonObject): { sku?: { name: string; tier: string }; kind?: string } {
  const refuse = { refuse: (path: string, message: string) => invalidStorageProperty(path || "sku", message) };
  const name = body.sku === undefined ? undefined : parseShape("Sku", body.sku, sku, refuse).name;
  return {
    ...(name === undefined ? {} : { sku: { name, tier: name.startsWith("Premium") ? "Premium" : "Standard" } }),
    ...(body.kind === undefined ? {} : { kind: parseShape("kind", body.kind, kind, refuse) }),
  };
}

/** What an account can be changed within at once; Azure converts between families in jobs of hours. */
export function redundancyFamily(given: JsonObject | undefined): string {
  const name = String(given?.name);
  return `${name.split("_")[0]} ${name.endsWith("ZRS") ? "zonal" : "local"}`;
}
