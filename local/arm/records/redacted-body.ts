import { isJsonObject } from "../json.ts";

const secretNames = new Set([
  "password",
  "adminpassword",
  "clientsecret",
  "client_secret",
  "client_assertion",
  "accesstoken",
  "access_token",
  "connectionstring",
  "primarykey",
  "secondarykey",
  "sharedkey",
  "privatekey",
]);

/** The body of a call as it is recorded: JSON without secrets; null where it is none. */
export function redactedBody(text: string): unknown {
  if (text === "") return null;
  try {
    return redacted(JSON.parse(text));
  } catch {
    return null;
  }
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretNames.has(key.toLowerCase()) ? "(redacted)" : redacted(item),
    ]),
  );
}
