import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { isSame, parseExtensionPath, withoutLeadingSlash } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { refuseRemoval } from "./membership.ts";
import { unlessMissing } from "./missing.ts";
import { inOrderOf } from "./normal-form.ts";
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
const apiVersion = "2023-12-01-preview";

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
    return unlessMissing(() => resources.getById(withoutLeadingSlash(id), apiVersion));
  }

  return {
    observe: (desired) =>
      clients.attempt(desired.id, async () => {
        const native = await read(desired.id);
        if (native === null) return null;
        const body = toBody(native.properties ?? {}, desired);
        return observedResource("Microsoft.Security/securityContacts", native, body, desired.id);
      }),
    write: (desired) =>
      clients.attempt(desired.id, async () => {
        const standing = (await read(desired.id))?.properties as Properties | undefined;
        const resources = await operations(desired.id);
        const properties = toProperties(desired, standing ?? {});
        await resources.createOrUpdateById(withoutLeadingSlash(desired.id), apiVersion, { properties });
      }),
    remove: refuseRemoval,
  };
}

function toBody(native: Properties, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  const on = native.isEnabled ?? true;
  const severity = on ? alertSeverity(native) : null;
  const roles = native.notificationsByRole?.state === "On" ? (native.notificationsByRole.roles ?? []) : [];
  return {
    emails: on ? inOrderOf(body.emails, withoutOthers(body.emails, emailsOf(native))) : [],
    phone: body.phone === null ? null : (native.phone ?? null),
    // What tells of more than was asked for serves too. No severity at all means that no alert is sent.
    minimalSeverity: severity === null ? leastTelling(body.minimalSeverity) : atMost(severity, body.minimalSeverity),
    notifiedRoles: on ? inOrderOf(body.notifiedRoles, withoutOthers(body.notifiedRoles, roles)) : [],
  };
}

function toProperties({ body }: DesiredResource<Type>, standing: Properties): Properties {
  const severity = alertSeverity(standing);
  const roles = standing.notificationsByRole?.state === "On" ? (standing.notificationsByRole.roles ?? []) : [];
  const otherSources = (standing.notificationsSources ?? []).filter((source) => source.sourceType !== "Alert");
  const wanted = severity === null ? body.minimalSeverity : atMost(severity, body.minimalSeverity);
  const phone = body.phone ?? standing.phone;
  const notified = union(body.notifiedRoles, roles);
  return {
    emails: union(body.emails, emailsOf(standing)).join(";"),
    ...(phone === undefined ? {} : { phone }),
    isEnabled: true,
    notificationsByRole: { state: notified.length > 0 ? "On" : "Off", roles: notified },
    notificationsSources: [...otherSources, { sourceType: "Alert", minimalSeverity: wanted }],
  };
}
