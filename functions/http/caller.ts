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

interface Headers {
  get(name: string): string | null;
}

const principalHeader = "x-ms-client-principal";
const objectIdTypes = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];
const tenantIdTypes = ["http://schemas.microsoft.com/identity/claims/tenantid", "tid"];
const nameTypes = ["name", "preferred_username"];
const groupTypes = ["groups"];
const roleTypes = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

/**
 * Whether a call may bring an identity at all. The header is believed only where the platform says that it
 * authenticates: it then strips what callers send, and otherwise anybody can send it to an app that stands open.
 */
export function bringsPrincipal(headers: Headers, platformAuthenticates: boolean): boolean {
  return platformAuthenticates && headers.get(principalHeader) !== null;
}

/**
 * The caller out of App Service's header `x-ms-client-principal` (base64 of JSON; App Service authentication, "Access
 * user claims in app code"), or null where nobody is signed in. A principal of another identity provider than Microsoft
 * Entra (`aad`), of another tenant or of none, or with no object id or several, is nobody: Entra's tokens name exactly one.
 */
export function callerOf(headers: Headers, platformAuthenticates: boolean, tenantId: string): Caller | null {
  if (!bringsPrincipal(headers, platformAuthenticates)) return null;
  const principal = decoded(headers.get(principalHeader) ?? "");
  if (principal === null || !isOfEntra(principal) || !Array.isArray(principal.claims)) return null;
  const claims = principal.claims.flatMap(claimOf);
  const values = (types: readonly string[]) => claims.filter(({ typ }) => types.includes(typ)).map(({ val }) => val);
  const only = (types: readonly string[]): string | undefined => {
    const [first, ...others] = new Set(values(types).map((value) => value.toLowerCase()));
    return others.length === 0 ? first : undefined;
  };
  const objectId = only(objectIdTypes);
  if (!objectId || only(tenantIdTypes) !== tenantId.toLowerCase()) return null;
  const ownRoleType = typeof principal.role_typ === "string" ? [principal.role_typ] : [];
  return {
    objectId,
    name: values(nameTypes)[0] ?? objectId,
    roles: new Set(values([...roleTypes, ...ownRoleType]).filter((role): role is Role => roles.has(role))),
    groups: new Set(values(groupTypes).map((group) => group.toLowerCase())),
  };
}

/** App Service names the provider that signed the caller in; where it names none, Microsoft Entra is the only one. */
function isOfEntra({ auth_typ: provider }: ClientPrincipal): boolean {
  return provider === undefined || (typeof provider === "string" && provider.toLowerCase() === "aad");
}

/** Strict, as Node's decoder skips what is no base64: two headers that were joined are none. */
function decoded(header: string): ClientPrincipal | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(header)) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "base64"));
    const value: unknown = JSON.parse(text);
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
