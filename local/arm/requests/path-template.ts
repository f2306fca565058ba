/** The values of a template's `{x}` segments where the path matches it, without regard to case; else undefined. */
export function matchTemplate(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const pattern = template.split("/").filter((segment) => segment !== "");
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith("{")) parameters[expected.slice(1, -1)] = actual;
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return parameters;
}
