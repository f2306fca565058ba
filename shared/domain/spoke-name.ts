/** Names of spokes: 3 to 40 characters, so that every name made of one stays within Azure's limits. */
export const spokeNamePattern = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** Whether a value can be the name of a spoke at all; whatever else stands in a path or a body names none. */
export function isSpokeName(value: unknown): value is string {
  return typeof value === "string" && spokeNamePattern.test(value);
}
