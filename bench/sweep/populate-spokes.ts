import type { Stack } from "../../local/stack/stack.ts";
import { StackError } from "../../local/stack/stack-error.ts";
import { parsePlatformConfiguration } from "../../shared/domain/parse-platform-configuration.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { spokeNames } from "../../shared/spoke/spoke-names.ts";
import type { State } from "../../shared/state/open-state.ts";
import { type TemplateResource, type TemplateSpoke, templateName, templateNetwork } from "./template-spoke.ts";

const resourcesAtOnce = 2_000;
const recordsAtOnce = 32;

/** One copy of the template. */
export interface CopiedSpoke {
  readonly name: string;
  readonly subscriptionId: string;
  /** The third and fourth thousands of addresses: the network of this copy is `10.{high}.{low}.0/22`. */
  readonly high: number;
  readonly low: number;
}

/** Names, subscriptions and addresses of so many copies, spread over so many subscriptions. */
export function copiesOf(spokes: number, subscriptions: number): readonly CopiedSpoke[] {
  return Array.from({ length: spokes }, (_, index) => ({
    name: `bench-${String(index).padStart(5, "0")}`,
    subscriptionId: `22222222-0000-4000-8000-${String(index % subscriptions).padStart(12, "0")}`,
    // 64 networks of 1,024 addresses in each 10.x.0.0/16, above those of hubs and template.
    high: 100 + Math.floor(index / 64),
    low: (index % 64) * 4,
  }));
}

/** Makes the copies stand in local Azure, and their records in the state, as if the app had made each of them. */
export async function populateSpokes(
  stack: Stack,
  state: State,
  template: TemplateSpoke,
  copies: readonly CopiedSpoke[],
  configuration: PlatformConfiguration,
  end: AbortSignal,
): Promise<void> {
  const subscriptionIds = [...new Set(copies.map(({ subscriptionId }) => subscriptionId))];
  await order(stack, "subscriptions", { subscriptionIds });
  const shared = template.resources.filter((one) => one.shared);
  const own = template.resources.filter((one) => !one.shared);
  await populate(
    stack,
    subscriptionIds.flatMap((id) =>
      shared.map((one) => copied(template, one, { name: templateName, subscriptionId: id, high: 77, low: 0 })),
    ),
  );
  // Roles last: local Azure looks through all of them for each right that making a resource needs.
  const [roles, others] = [own.filter(isRole), own.filter((one) => !isRole(one))];
  await populateInParts(stack, copies, (copy) => others.map((one) => copied(template, one, copy)), end);
  await populateInParts(
    stack,
    copies,
    (copy) => {
      const names = spokeNames({ ...template.record.request, ...copy }, configuration, null);
      return roles.map((one) => {
        const { body } = copied(template, one, copy);
        const { roleDefinitionId = "", principalId = "" } = (body as RoleBody).properties;
        // The name of an assignment follows from its scope.
        return { id: names.roleAssignment(roleDefinitionId, principalId), body };
      });
    },
    end,
  );
  for (let at = 0; at < copies.length; at += recordsAtOnce) {
    await Promise.all(
      copies.slice(at, at + recordsAtOnce).map((copy) => state.spokes.writeRecord(recordOf(template, copy), null)),
    );
  }
}

interface RoleBody {
  readonly properties: { readonly roleDefinitionId?: string; readonly principalId?: string };
}

interface Populated {
  readonly id: string;
  readonly body: unknown;
}

function isRole({ id }: TemplateResource): boolean {
  return id.includes("/providers/Microsoft.Authorization/roleAssignments/");
}

async function populateInParts(
  stack: Stack,
  copies: readonly CopiedSpoke[],
  of: (copy: CopiedSpoke) => readonly Populated[],
  end: AbortSignal,
): Promise<void> {
  let waiting: Populated[] = [];
  for (const copy of copies) {
    waiting.push(...of(copy));
    if (waiting.length < resourcesAtOnce) continue;
    end.throwIfAborted();
    await populate(stack, waiting);
    waiting = [];
  }
  await populate(stack, waiting);
}

/** Adds a rule by hand to the NSG of a tier of each of these copies. */
export async function driftSpokes(
  stack: Stack,
  template: TemplateSpoke,
  copies: readonly CopiedSpoke[],
): Promise<void> {
  const group = template.resources.find(({ id }) => id.endsWith(`/nsg-${templateName}-data`));
  if (group === undefined) throw new StackError("The template has no NSG of the tier data.");
  await populate(
    stack,
    copies.map((copy) => {
      const { id, body } = copied(template, group, copy);
      const { properties } = body as { properties: { securityRules: { name: string; properties: object }[] } };
      const [first] = properties.securityRules;
      const rule = { name: "by-hand", properties: { ...first?.properties, priority: 100, direction: "Inbound" } };
      return {
        id,
        body: {
          ...(body as object),
          properties: { ...properties, securityRules: [...properties.securityRules, rule] },
        },
      };
    }),
  );
}

/** The record of a copy: what stands, under its own names. */
function recordOf({ record }: TemplateSpoke, copy: CopiedSpoke): SpokeRecord {
  return renamed(record, record.request.subscriptionId, copy) as SpokeRecord;
}

function copied(
  template: TemplateSpoke,
  { id, body }: TemplateResource,
  copy: CopiedSpoke,
): { id: string; body: unknown } {
  const { subscriptionId } = template.record.request;
  return { id: String(renamed(id, subscriptionId, copy)), body: withoutComputed(renamed(body, subscriptionId, copy)) };
}

/** The same with other names, another subscription and other addresses. */
function renamed(value: unknown, subscriptionId: string, copy: CopiedSpoke): unknown {
  const [first = "", second = ""] = templateNetwork.split(".");
  const addresses = new RegExp(`\\b${first}\\.${second}\\.([0-3])\\.(\\d+)`, "g");
  const text = JSON.stringify(value)
    .replaceAll(new RegExp(`\\b${templateName}\\b`, "g"), copy.name)
    .replaceAll(subscriptionId, copy.subscriptionId)
    .replaceAll(addresses, (_, block: string, host: string) => `10.${copy.high}.${copy.low + Number(block)}.${host}`);
  return JSON.parse(text);
}

/** What Azure makes up itself, and takes from nobody. */
function withoutComputed(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner) => (computed.has(key) ? undefined : inner));
  return text === undefined ? undefined : JSON.parse(text);
}

const computed = new Set(["etag", "resourceGuid", "provisioningState", "defaultSecurityRules", "targetResourceGuid"]);

async function populate(
  stack: Stack,
  value: readonly { readonly id: string; readonly body: unknown }[],
): Promise<void> {
  if (value.length > 0) await order(stack, "resources", { value });
}

async function order(stack: Stack, name: string, body: unknown): Promise<void> {
  const answer = await stack.fetchAzure(`/_local/${name}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok)
    throw new StackError(`POST /_local/${name} was answered with ${answer.status}: ${await answer.text()}`);
}

export function readConfiguration(document: unknown): PlatformConfiguration {
  const parsed = parsePlatformConfiguration(document);
  if (!parsed.ok)
    throw new StackError(parsed.violations.map(({ pointer, message }) => `${pointer}: ${message}`).join("\n"));
  return parsed.value;
}
