/** App roles of this tool; they do not imply each other. */
export type Role = "Read" | "Request" | "Operate" | "Approve";

const roles: ReadonlySet<string> = new Set<Role>(["Read", "Request", "Operate", "Approve"]);

/** Who is asking, as the platform authenticated them. */
export interface Caller {
  readonly objectId: string;
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  readonly groups: ReadonlySet<string>;
}

interface ClientPrincipal {
  readonly auth_typ?: unknown;
  readonly role_typ?: unknown;
  readonly claims?: unknown;
}

const objectIdTypes = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];
const tenantIdTypes = ["http://schemas.microsoft.com/identity/claims/tenantid", "tid"];
const nameTypes = ["name", "preferred_username"];
const groupTypes = ["groups"];
const roleTypes = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

/**
 * The caller out of App Service's `x-ms-client-principal` headers (base64 of JSON; App Service authentication, "Access
 * user claims in app code"), or null where nobody is signed in. They are believed only where the platform says
 * that it authenticates, because anybody can send them to an app that stands open. A principal of another identity
 * provider than Microsoft Entra (`aad`) or of another tenant is nobody.
 */
export function callerOf(
  headers: { get(name: string): string | null },
  platformAuthenticates: boolean,
  tenantId: string,
): Caller | null {
  const header = headers.get("x-ms-client-principal");
  if (!platformAuthenticates || header === null) return null;
  const principal = decoded(header);
  if (principal === null || !isOfEntra(principal) || !Array.isArray(principal.claims)) return null;
  const claims = principal.claims.flatMap(claimOf);
  const values = (types: readonly string[]) => claims.filter(({ typ }) => types.includes(typ)).map(({ val }) => val);
  const objectId = values(objectIdTypes)[0] ?? headers.get("x-ms-client-principal-id") ?? undefined;
  const tenants = values(tenantIdTypes);
  if (objectId === undefined || tenants.some((tenant) => tenant.toLowerCase() !== tenantId)) return null;
  const ownRoleType = typeof principal.role_typ === "string" ? [principal.role_typ] : [];
  return {
    objectId: objectId.toLowerCase(),
    name: values(nameTypes)[0] ?? objectId,
    roles: new Set(values([...roleTypes, ...ownRoleType]).filter((role): role is Role => roles.has(role))),
    groups: new Set(values(groupTypes).map((group) => group.toLowerCase())),
  };
}

/** App Service names the provider that signed the caller in; where it names none, Microsoft Entra is the only one. */
function isOfEntra({ auth_typ: provider }: ClientPrincipal): boolean {
  return provider === undefined || (typeof provider === "string" && provider.toLowerCase() === "aad");
}

function decoded(header: string): ClientPrincipal | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, "base64").toString("utf8"));
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

function claimOf(claim: unknown): { readonly typ: string; readonly val: string }[] {
  if (typeof claim !== "object" || claim === null) return [];
  const { typ, val } = claim as { typ?: unknown; val?: unknown };
  return typeof typ === "string" && typeof val === "string" ? [{ typ, val }] : [];
}
