/** What a refusal names, and what to do about just that. A refusal of what is linked first tells what was permitted. */
const missingRights: Readonly<Record<string, RegExp>> = {
  AuthorizationFailed: /perform action '([^']+)'(?: over scope '([^']+)')?/,
  LinkedAuthorizationFailed:
    /not have permission to perform action(?:\(s\))? '([^']+)'(?: on the linked scope(?:\(s\))? '([^']+)')?/,
};

/** The remedy for exactly what Azure's message names, or null where the message names nothing. */
export function namedRemedy(code: string, message: string): string | null {
  switch (code) {
    case "AuthorizationFailed":
    case "LinkedAuthorizationFailed":
      return grantRight(missingRights[code]?.exec(message) ?? null);
    case "RequestDisallowedByPolicy":
      return exempt([...message.matchAll(/"policyAssignment":\{"name":"(?:[^"\\]|\\.)*","id":"([^"]+)"/g)]);
    case "MissingSubscriptionRegistration":
      return register(/namespace '([\w.]+)'/.exec(message));
    case "ScopeLocked":
      return unlock(/scope\(s\) are locked: '([^']+)'/.exec(message));
    default:
      return null;
  }
}

function grantRight(found: RegExpExecArray | null): string | null {
  const [, action, scope] = found ?? [];
  if (action === undefined) return null;
  return `Grant the tool's identity a role with the action ${action}${scope === undefined ? "" : ` on ${scope}`}; a role that was granted in the last ten minutes may need another run.`;
}

function exempt(found: readonly RegExpExecArray[]): string | null {
  const assignments = found.flatMap(([, id]) => id ?? []);
  if (assignments.length === 0) return null;
  return `Azure Policy denies it. Ask for an exemption from ${assignments.join(" and ")}, or change what is asked for; then run again.`;
}

function register(found: RegExpExecArray | null): string | null {
  const [, namespace] = found ?? [];
  if (namespace === undefined) return null;
  return `Register the resource provider in the subscription (az provider register --namespace ${namespace} --wait), then run again.`;
}

function unlock(found: RegExpExecArray | null): string | null {
  const [, scopes] = found ?? [];
  return scopes === undefined ? null : `Remove the management lock at ${scopes}, then run again.`;
}
