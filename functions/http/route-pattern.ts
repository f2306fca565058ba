/**
 * Whether a path is one of a route, told segment by segment, without regard to case as the Functions host does.
 * @param route below `/api`, with `{name}` for a parameter
 * @param path below `/api`
 */
export function isPathOf(route: string, path: string): boolean {
  const [pattern, segments] = [route.split("/"), path.split("/")];
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => {
      const segment = segments[index] ?? "";
      return /^\{\w+\}$/.test(part) ? segment !== "" : part.toLowerCase() === segment.toLowerCase();
    })
  );
}
