import { z } from "zod";
import { notModelled } from "../errors/request-errors.ts";
import { badQueryRequest } from "./resource-graph-errors.ts";

const most = 1000;
const options = z.strictObject({
  $top: z.int().min(1).max(most).default(most),
  $skip: z.int().nonnegative().default(0),
  $skipToken: z.string().optional(),
  resultFormat: z.enum(["objectArray", "table"]).default("objectArray"),
  allowPartialScopes: z.boolean().optional(),
  authorizationScopeFilter: z
    .enum(["AtScopeAndBelow", "AtScopeAndAbove", "AtScopeExact", "AtScopeAboveAndBelow"])
    .optional(),
});
const schema = z.strictObject({
  query: z.string().min(1),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  options: options.prefault({}),
  facets: z.array(z.unknown()).optional(),
});

/** A query with its scope and options, as the REST API takes it. */
export type QueryRequest = z.infer<typeof schema>;

/**
 * Reads the body of a query.
 * @throws ArmError 400 for another shape, 501 for facets and other filters of the authorization scope
 */
export function readQueryRequest(body: unknown): QueryRequest {
  const parsed = schema.safeParse(withoutNulls(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badQueryRequest("InvalidParameter", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
  }
  const { facets = [], options: given } = parsed.data;
  if (facets.length > 0) throw notModelled("facets of Resource Graph");
  const filter = given.authorizationScopeFilter ?? "AtScopeAndBelow";
  if (filter !== "AtScopeAndBelow") throw notModelled(`the authorizationScopeFilter '${filter}'`);
  return parsed.data;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutNulls(member)]));
}
