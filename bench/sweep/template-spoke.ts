import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../local/stack/stack.ts";
import { StackError } from "../../local/stack/stack-error.ts";
import type { RecordedResource, SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { State } from "../../shared/state/open-state.ts";

/** A resource as Resource Manager answers it. */
export interface TemplateResource {
  readonly id: string;
  readonly shared: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A spoke that the app itself made, of which the others are copies. */
export interface TemplateSpoke {
  readonly record: SpokeRecord;
  readonly resources: readonly TemplateResource[];
}

export const templateName = "template";
/** The first two numbers of its addresses, which no other part of the platform has. */
export const templateNetwork = "10.77";

const tiers = [
  { name: "front", port: 443 },
  { name: "app", port: 8443, loadBalanced: true },
  { name: "data", port: 1433, loadBalanced: true, replicates: true },
];

/** Three tiers with about 38 rules each and a gateway subnet with few: 30 rules in the mean. */
export function templateRequest(subscriptionId: string, networkManagersGroupId: string): Record<string, unknown> {
  const all = tiers.map(({ name }) => name);
  return {
    name: templateName,
    subscriptionId,
    location: "westeurope",
    topology: "standalone",
    addressPrefix: `${templateNetwork}.0.0/22`,
    networkManagersGroupId,
    application: { tiers },
    managementAccess: Array.from({ length: 28 }, (_, index) => ({
      from: "10.0.1.0/26",
      to: all,
      port: 9_000 + index,
      protocol: "Tcp",
      description: `Agent ${index}`,
    })),
    outboundAccess: [],
  };
}

/** Asks for the spoke, waits until it stands, and reads all of it. */
export async function makeTemplate(stack: Stack, state: State, end: AbortSignal): Promise<TemplateSpoke> {
  const { subscriptions, groups } = await stack.azure.seed();
  const request = templateRequest(subscriptions[0]?.subscriptionId ?? "", groups[0]?.id ?? "");
  const answer = await stack.fetchFunctions("/api/spokes", "operator", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  if (answer.status !== 202)
    throw new StackError(`The template was answered with ${answer.status}: ${await answer.text()}`);
  for (;;) {
    const record = (await state.spokes.readRecord(templateName))?.value;
    if (record?.status === "Succeeded") return { record, resources: await readAll(stack, record) };
    if (record?.status === "Failed") throw new StackError(`The template failed: ${record.error?.message}`);
    await sleep(500, null, { signal: end });
  }
}

/** Each after what it needs: a populated resource refers to what stands. */
function inOrderOfNeed(resources: readonly RecordedResource[]): RecordedResource[] {
  const found = new Map<string, RecordedResource>();
  const place = (resource: RecordedResource): void => {
    if (found.has(resource.id)) return;
    for (const needed of resources.filter(({ id }) => resource.dependsOn.includes(id))) place(needed);
    found.set(resource.id, resource);
  };
  for (const resource of resources) place(resource);
  return [...found.values()];
}

/** API versions by provider: any that the provider takes. */
const apiVersions: readonly (readonly [RegExp, string])[] = [
  [/^Microsoft\.Network\//i, "2024-05-01"],
  [/^Microsoft\.Resources\/resourceGroups$/i, "2021-04-01"],
  [/^Microsoft\.Authorization\//i, "2022-04-01"],
  [/^Microsoft\.Insights\/activityLogAlerts$/i, "2020-10-01"],
  [/^Microsoft\.Insights\/diagnosticSettings$/i, "2021-05-01-preview"],
  [/^Microsoft\.Security\/pricings$/i, "2022-03-01"],
  [/^Microsoft\.Security\/securityContacts$/i, "2023-12-01-preview"],
];

async function readAll(stack: Stack, record: SpokeRecord): Promise<TemplateResource[]> {
  const headers = { authorization: `Bearer ${await stack.ownerToken()}` };
  const found: TemplateResource[] = [];
  for (const { id, type, ownership } of inOrderOfNeed(record.resources)) {
    if (ownership === "prerequisite") continue;
    const version = apiVersions.find(([pattern]) => pattern.test(type))?.[1];
    if (version === undefined) throw new StackError(`The benchmark does not know how to copy ${type}.`);
    const response = await stack.fetchAzure(`${id}?api-version=${version}`, { headers });
    if (!response.ok) throw new StackError(`GET ${id} was answered with ${response.status}: ${await response.text()}`);
    const { location, tags, sku, identity, zones, properties } = (await response.json()) as Record<string, unknown>;
    found.push({ id, shared: ownership === "shared", body: { location, tags, sku, identity, zones, properties } });
  }
  return found;
}
