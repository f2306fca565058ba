import { createHash } from "node:crypto";

/** Name space of this tool's GUIDs, drawn at random once. */
const nameSpace = "b7a0c9e24d5f4c6a9a1e3f8d27c46b10";

/**
 * A GUID that follows from its parts (RFC 9562, version 5), so that a repeated run names the same role assignment.
 * Letter case does not count: ARM ids are compared without it.
 */
export function deterministicGuid(...parts: readonly string[]): string {
  const digest = createHash("sha1")
    .update(Buffer.from(nameSpace, "hex"))
    .update(parts.map((part) => part.toLowerCase()).join("\n"))
    .digest();
  const bytes = digest.subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
