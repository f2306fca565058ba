import { createHash } from "node:crypto";
import { idKey } from "../../resource-id.ts";

/** Hardware address of an interface, in Microsoft's range, the same for the same interface: `00-22-48-0A-1B-2C`. */
export function macAddressOf(interfaceId: string): string {
  const digits = createHash("sha256").update(idKey(interfaceId)).digest("hex").slice(0, 6).toUpperCase();
  return ["00", "22", "48", digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].join("-");
}
