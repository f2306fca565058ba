import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Authenticate } from "./server.ts";

const localUser = z.strictObject({
  objectId: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  groups: z.array(z.string()),
  tenantId: z.string(),
});

/** The name by which a caller asks not to be signed in. */
const anonymous = "anonymous";

const signInFile = z
  .strictObject({ default: z.string(), users: z.record(z.string(), localUser) })
  .refine(({ default: name, users }) => name === anonymous || Object.hasOwn(users, name), "The default is not a user.");

/** Someone the host signs in locally, with the claims of their token. */
export type LocalUser = z.infer<typeof localUser>;

const claimTypes = {
  objectId: "http://schemas.microsoft.com/identity/claims/objectidentifier",
  tenantId: "http://schemas.microsoft.com/identity/claims/tenantid",
  name: "name",
  role: "roles",
  group: "groups",
};

/**
 * Without sign-in, as an app with App Service authentication off: nothing is in front of it that would drop the header
 * which a caller sends, so that an app that believes it is found out.
 */
export const noSignIn: Authenticate = ({ "x-local-user": _ignored, ...headers }) => headers;

/**
 * Plays App Service authentication ("Easy Auth"): the header `x-local-user` names one of the file's users or
 * `anonymous`; everyone else is refused. What the platform injects is described in the App Service documentation,
 * "Work with user identities in authentication", section "Access user claims in app code".
 * @param file path of the JSON file `{ default, users: { [name]: { objectId, name, roles, groups, tenantId } } }`
 */
export function readSignIn(file: string): Authenticate {
  const { default: defaultUser, users } = signInFile.parse(JSON.parse(readFileSync(file, "utf8")));
  return (headers) => {
    const name = headers["x-local-user"] ?? defaultUser;
    if (name === anonymous) {
      return withoutIdentity(headers);
    }
    const user = Object.hasOwn(users, name) ? users[name] : undefined;
    return user && { ...withoutIdentity(headers), ...principalHeaders(user) };
  };
}

function withoutIdentity(headers: Record<string, string>): Record<string, string> {
  const isIdentity = (name: string) => name === "x-local-user" || name.startsWith("x-ms-client-principal");
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isIdentity(name)));
}

function principalHeaders(user: LocalUser): Record<string, string> {
  const principal = {
    auth_typ: "aad",
    name_typ: claimTypes.name,
    role_typ: claimTypes.role,
    claims: [
      { typ: claimTypes.objectId, val: user.objectId },
      { typ: claimTypes.tenantId, val: user.tenantId },
      { typ: claimTypes.name, val: user.name },
      ...user.roles.map((val) => ({ typ: claimTypes.role, val })),
      ...user.groups.map((val) => ({ typ: claimTypes.group, val })),
    ],
  };
  return {
    "x-ms-client-principal": Buffer.from(JSON.stringify(principal)).toString("base64"),
    "x-ms-client-principal-id": user.objectId,
    // A header holds Latin-1 only: other letters of a name are percent-encoded.
    "x-ms-client-principal-name": user.name.replace(/[^\x20-\x7e]+/g, encodeURIComponent),
    "x-ms-client-principal-idp": "aad",
  };
}
