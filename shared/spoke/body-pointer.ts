type Fields = Readonly<Record<string, unknown>>;

/**
 * The value that a pointer of a difference names in a body: members of named lists are found by their name, without
 * regard to case. Null where there is none.
 */
export function valueAt(body: unknown, pointer: string): unknown {
  let value = body;
  for (const token of tokensOf(pointer)) value = memberOf(value, token);
  return value ?? null;
}

/**
 * The body with another value there; null takes a member out of its list or map, and else stands as null. What lies on
 * the way and is not there is not made: the body stays as it is then.
 */
export function withValueAt(body: unknown, pointer: string, value: unknown): unknown {
  return edited(body, tokensOf(pointer), value);
}

/** The pointer of the part that people mean by it: a rule, a route, a subnet, or a property of the resource itself. */
export function partOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(0, namedLists.has(pointer.split("/")[1] ?? "") ? 3 : 2)
    .join("/");
}

const namedLists = new Set(["securityRules", "routes", "subnets", "networkRules", "applicationRules", "tags"]);

/** Maps whose keys come and go; a property of any other object is always there. */
const maps = new Set(["tags"]);

function tokensOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function memberOf(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return value.find((member) => hasName(member, token));
  return isFields(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

function edited(container: unknown, [token, ...rest]: readonly string[], value: unknown, key = ""): unknown {
  if (token === undefined) return value;
  if (Array.isArray(container)) return editedList(container, token, rest, value);
  if (!isFields(container) || (rest.length > 0 && !Object.hasOwn(container, token))) return container;
  if (rest.length === 0 && value === null && maps.has(key)) {
    return Object.fromEntries(Object.entries(container).filter(([name]) => name !== token));
  }
  return { ...container, [token]: edited(container[token], rest, value, token) };
}

function editedList(list: readonly unknown[], name: string, rest: readonly string[], value: unknown): unknown {
  const at = list.findIndex((member) => hasName(member, name));
  if (rest.length > 0) return at < 0 ? list : list.with(at, edited(list[at], rest, value));
  if (value === null) return list.filter((_, index) => index !== at);
  return at < 0 ? [...list, value] : list.with(at, value);
}

function hasName(member: unknown, name: string): boolean {
  return isFields(member) && typeof member.name === "string" && member.name.toLowerCase() === name.toLowerCase();
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
