import { decodeSegment } from "./http-message.ts";
import { parseConstraint, type RouteConstraint } from "./route-constraints.ts";

/** A route that can be matched against paths. */
export interface RouteTemplate {
  /** The parameters where the path matches. @param segments of the path, still percent-encoded */
  match(segments: string[]): Record<string, string> | undefined;
}

/** The route cannot be understood. */
export class RouteTemplateError extends Error {
  override name = "RouteTemplateError";
}

interface Parameter {
  name: string;
  catchAll: boolean;
  optional: boolean;
  defaultValue: string | undefined;
  constraints: RouteConstraint[];
}

/** A segment: literals and parameters in turn; a parameter alone may be optional or take the rest of the path. */
interface Segment {
  pattern: RegExp;
  parameters: Parameter[];
  /** The parameter where the segment is nothing else. */
  only: Parameter | undefined;
}

/**
 * Parses a route as the Functions host understands it: `spokes/{name:length(3,40)}/{*rest}`.
 * @throws RouteTemplateError
 */
export function parseRouteTemplate(template: string): RouteTemplate {
  const segments = splitSegments(template).map(parseSegment);
  return { match: (path) => matchSegments(segments, path) };
}

/** Splits at slashes outside of braces: a regular expression in a constraint may contain one. */
function splitSegments(template: string): string[] {
  const trimmed = template.replace(/^~?\//, "").replace(/\/$/, "");
  return trimmed === "" ? [] : trimmed.split(/\/(?![^{]*\})/);
}

function parseSegment(text: string): Segment {
  const parameters: Parameter[] = [];
  const parts = text.split(/(\{(?:[^{}]|\{\{|\}\}|\{\d+(?:,\d*)?\})*\})/).filter((part) => part !== "");
  const source = parts.map((part) => {
    if (!part.startsWith("{")) {
      if (/[{}?]/.test(part)) {
        throw new RouteTemplateError(`The segment "${text}" is malformed.`);
      }
      return part.replace(/[.*+^$()|[\]\\]/g, "\\$&");
    }
    parameters.push(parseParameter(part.slice(1, -1)));
    return "(.+)";
  });
  const only = parts.length === 1 ? parameters[0] : undefined;
  if (!only && parameters.some(({ optional, catchAll }) => optional || catchAll)) {
    throw new RouteTemplateError(`The segment "${text}" mixes text with an optional or catch-all parameter.`);
  }
  return { pattern: new RegExp(`^${source.join("")}$`, "is"), parameters, only };
}

function parseParameter(text: string): Parameter {
  const [, stars = "", name = "", constraints = "", fallback, question] =
    /^(\*{0,2})(\w+)((?::(?:\w+(?:\(.*?\))?(?=[:=?]|$)))*)(?:=([^?]*))?(\?)?$/s.exec(text) ?? [];
  if (name === "") {
    throw new RouteTemplateError(`The parameter "{${text}}" is malformed.`);
  }
  return {
    name,
    catchAll: stars !== "",
    optional: question !== undefined || fallback !== undefined || stars !== "",
    defaultValue: fallback,
    constraints: [...constraints.matchAll(/:(\w+(?:\(.*?\))?)(?=:|$)/gs)].map(([, constraint = ""]) => {
      const check = parseConstraint(constraint.replaceAll("{{", "{").replaceAll("}}", "}"));
      if (!check) {
        throw new RouteTemplateError(`The route constraint "${constraint}" is not known.`);
      }
      return check;
    }),
  };
}

function matchSegments(segments: Segment[], path: string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  const rest = path.map(decodeSegment);
  for (const segment of segments) {
    const text = segment.only?.catchAll ? rest.splice(0).join("/") : rest.shift();
    const found = text ? matchSegment(segment, text) : absentValues(segment);
    if (!found) {
      return undefined;
    }
    Object.assign(values, found);
  }
  return rest.length === 0 ? values : undefined;
}

/** The parameters of a segment that is there. */
function matchSegment({ pattern, parameters }: Segment, text: string): Record<string, string> | undefined {
  const groups = pattern.exec(text)?.slice(1);
  const values = groups && parameters.map((parameter, index) => ({ ...parameter, value: groups[index] ?? "" }));
  const fits = values?.every(({ constraints, value }) => constraints.every((check) => check(value)));
  return values && fits ? Object.fromEntries(values.map(({ name, value }) => [name, value])) : undefined;
}

/** The parameters of a segment that the path does not have. */
function absentValues({ only }: Segment): Record<string, string> | undefined {
  if (!only?.optional) {
    return undefined;
  }
  return only.defaultValue === undefined ? {} : { [only.name]: only.defaultValue };
}
