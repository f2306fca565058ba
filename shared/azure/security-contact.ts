import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { isSame, parseExtensionPath, withoutLeadingSlash } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { refuseRemoval } from "./membership.ts";
import { unlessMissing } from "./missing.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Security/securityContacts";

/** Severities from the least to the greatest. */
const severities = ["Low", "Medium", "High"] as const;

type Severity = (typeof severities)[number];

/** Properties on the wire; source: Azure REST interface, "Security Contacts", 2023-12-01-preview. */
interface Properties {
  readonly emails?: string;
  readonly phone?: string;
  readonly isEnabled?: boolean;
  readonly notificationsByRole?: { readonly state: "On" | "Off"; readonly roles?: readonly string[] };
  readonly notificationsSources?: readonly Source[];
}

type Source = { readonly sourceType: string; readonly minimalSeverity?: string };

// The security SDK speaks 2017-08-01-preview, in which one contact has one e-mail and no severity: the generic
// operations of Resource Manager speak any version.
export const securityContactApiVersion = "2023-12-01-preview";

/**
 * Whom Defender for Cloud tells of alerts: one contact for a whole subscription, named `default`. E-mails, roles and
 * sources of others stay; alerts are never made rarer than they are; it is never removed.
 */
export function securityContactPort(clients: AzureClients): ResourcePort<Type> {
  async function operations(id: string) {
    return (await clients.resources(parseExtensionPath(id).scope.split("/").at(-1) ?? "")).resources;
  }
  async function read(id: string) {
    const resources = await operations(id);
    return unlessMissing(() => resources.getById(withoutLeadingSlash(id), securityContactApiVersion));
  }

  return {
    observe: (desired) => clients.attempt(desired.id, async () => asObserved(await read(desired.id), desired)),
    observeIn: (snapshot, desired) => asObserved(snapshot.byId(desired.id) ?? null, desired),
    write: (desired) =>
      clients.attempt(desired.id, async () => {
        const standing = (await read(desired.id))?.properties as Properties | undefined;
        const resources = await operations(desired.id);
        const properties = toProperties(desired, standing ?? {});
        await resources.createOrUpdateById(withoutLeadingSlash(desired.id), securityContactApiVersion, {
          properties: { ...properties },
        });
      }),
    remove: refuseRemoval,
  };
}

function asObserved(
  native: { readonly id?: string; readonly properties?: unknown } | null,
  desired: DesiredResource<Type>,
) {
  if (native === null) return null;
  const body = toBody((native.properties ?? {}) as Properties, desired);
  return observedResource("Microsoft.Security/securityContacts", native, body, desired.id);
}

function toBody(native: Properties, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  const severity = native.isEnabled === false ? null : alertSeverity(native);
  // Where no alert is sent, nobody is told, whoever is written down.
  const standing = severity === null ? { emails: [], roles: [] } : { emails: emailsOf(native), roles: rolesOf(native) };
  return {
    emails: ofOurs(body.emails, standing.emails),
    phone: body.phone === null ? null : (native.phone ?? null),
    minimalSeverity:
      severity === null || lower(severity, body.minimalSeverity) === severity ? body.minimalSeverity : severity,
    notifiedRoles: ofOurs(body.notifiedRoles, standing.roles),
  };
}

function toProperties({ body }: DesiredResource<Type>, standing: Properties): Properties {
  const roles = union(body.notifiedRoles, rolesOf(standing));
  const phone = body.phone ?? standing.phone;
  return {
    emails: union(body.emails, emailsOf(standing)).join(";"),
    ...(phone === undefined ? {} : { phone }),
    isEnabled: true,
    notificationsByRole: { state: roles.length > 0 ? "On" : "Off", roles },
    notificationsSources: [
      ...(standing.notificationsSources ?? []).filter((source) => source.sourceType !== "Alert"),
      { sourceType: "Alert", minimalSeverity: lower(alertSeverity(standing), body.minimalSeverity) },
    ],
  };
}

/** The severity from which on alerts are sent, or null where none is. */
function alertSeverity({ notificationsSources }: Properties): Severity | null {
  const source = (notificationsSources ?? []).find((one) => one.sourceType === "Alert");
  if (source === undefined) return null;
  // Azure sends alerts of high severity where nothing is said.
  return severities.find((severity) => severity === source.minimalSeverity) ?? "High";
}

/** What tells of more alerts serves those who asked for fewer. */
function lower(standing: Severity | null, desired: Severity): Severity {
  if (standing === null) return desired;
  return severities.indexOf(standing) < severities.indexOf(desired) ? standing : desired;
}

/** One text on the wire, with semicolons between the addresses. */
function emailsOf({ emails }: Properties): string[] {
  return (emails ?? "")
    .split(/[;,]/)
    .map((email) => email.trim())
    .filter((email) => email !== "");
}

function rolesOf({ notificationsByRole }: Properties): readonly string[] {
  return notificationsByRole?.state === "On" ? (notificationsByRole.roles ?? []) : [];
}

/** Those of ours that stand, in our spelling and order: the others' are theirs. */
function ofOurs(ours: readonly string[], standing: readonly string[]): string[] {
  return ours.filter((one) => standing.some((other) => isSame(one, other)));
}

function union(ours: readonly string[], standing: readonly string[]): string[] {
  return [...ours, ...standing.filter((other) => !ours.some((one) => isSame(one, other)))];
}
