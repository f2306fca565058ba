/**
 * The inline route constraints of ASP.NET Core, by which the Functions host matches `route`
 * (ASP.NET Core, "Routing", section "Route constraints").
 */
export type RouteConstraint = (value: string) => boolean;

const simple: Record<string, RouteConstraint> = {
  int: (value) => /^[+-]?\d+$/.test(value) && inRange(Number(value), -(2 ** 31), 2 ** 31 - 1),
  long: (value) => /^[+-]?\d+$/.test(value) && inRange(BigInt(value.replace("+", "")), -(2n ** 63n), 2n ** 63n - 1n),
  bool: (value) => /^(true|false)$/i.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  guid: (value) =>
    /^(\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i.test(
      value,
    ),
  decimal: isNumber,
  double: isNumber,
  float: isNumber,
  datetime: (value) => /\d/.test(value) && !Number.isNaN(Date.parse(value)),
  required: (value) => value !== "",
};

const withNumbers: Record<string, (value: string, first: number, second: number | undefined) => boolean> = {
  minlength: (value, least) => value.length >= least,
  maxlength: (value, most) => value.length <= most,
  length: (value, least, most) => inRange(value.length, least, most ?? least),
  min: (value, least) => isNumber(value) && Number(value) >= least,
  max: (value, most) => isNumber(value) && Number(value) <= most,
  range: (value, least, most) => isNumber(value) && inRange(Number(value), least, most ?? least),
};

/**
 * Makes the check of one constraint, e.g. `int`, `length(2,40)`, `regex(^a)`.
 * @returns undefined for a constraint that is not known
 */
export function parseConstraint(text: string): RouteConstraint | undefined {
  const [, name = "", argument] = /^(\w+)(?:\((.*)\))?$/s.exec(text) ?? [];
  const key = name.toLowerCase();
  if (argument === undefined) {
    return Object.hasOwn(simple, key) ? simple[key] : undefined;
  }
  if (key === "regex") {
    const pattern = new RegExp(argument, "i");
    return (value) => pattern.test(value);
  }
  const numeric = Object.hasOwn(withNumbers, key) ? withNumbers[key] : undefined;
  const [first, second] = argument.split(",").map(Number);
  return numeric && first !== undefined && !Number.isNaN(first) ? (value) => numeric(value, first, second) : undefined;
}

function isNumber(value: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
}

function inRange<T extends number | bigint>(value: T, least: T, most: T): boolean {
  return value >= least && value <= most;
}
