import type { Stack } from "../../local/stack/stack.ts";
import { StackError } from "../../local/stack/stack-error.ts";
import { createAzurePorts } from "../../shared/azure/azure-ports.ts";
import type { RawResource } from "../../shared/azure/raw-resource.ts";
import { resourceSnapshot } from "../../shared/azure/resource-snapshot.ts";
import { publicAzure } from "../../shared/azure/settings.ts";
import type { DesiredResource } from "../../shared/domain/resource.ts";
import { changeOf } from "../../shared/spoke/plan.ts";

const groupsAtOnce = 100;

/** What Azure's limits demand at least, and how long the comparison of all NSGs takes by itself. */
export interface ComparedGroups {
  /** Fewest pages of so many rows and bytes. */
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
  readonly line: string;
}

/** Reads all NSGs as the platform's owner, apart from what is measured, and compares each with itself as desired. */
export async function compareGroups(stack: Stack): Promise<ComparedGroups> {
  const rows = await readRows(stack, "type =~ 'microsoft.network/networksecuritygroups'", 250);
  const others = await readRows(stack, "type !~ 'microsoft.network/networksecuritygroups'", 1000);
  const count = rows.rows.length + others.rows.length;
  const pages = Math.max(Math.ceil(count / 1000), Math.ceil((rows.bytes + others.bytes) / 16_777_216));
  const ports = createAzurePorts(publicAzure);
  const port = ports.resources["Microsoft.Network/networkSecurityGroups"];
  const snapshot = resourceSnapshot(rows.rows);
  const type = "Microsoft.Network/networkSecurityGroups";
  const look = (id: string, securityRules: DesiredResource<typeof type>["body"]["securityRules"]) =>
    port.observeIn?.(snapshot, {
      id,
      type,
      ownership: "owned",
      steps: [3, 5],
      dependsOn: [],
      body: { location: "westeurope", tags: {}, securityRules },
    }) ?? null;
  let rules = 0;
  let drifted = 0;
  let microseconds = 0;
  // As a sweep does it, a subscription after the other: what was compared is forgotten.
  for (let at = 0; at < rows.rows.length; at += groupsAtOnce) {
    const desired = rows.rows.slice(at, at + groupsAtOnce).map(({ id }) => ({ id, body: look(id, [])?.body }));
    const before = process.cpuUsage();
    for (const { id, body } of desired) {
      if (body === undefined) throw new StackError(`${id} was not read`);
      rules += body.securityRules.length;
      const wanted: DesiredResource = { id, type, ownership: "owned", steps: [3, 5], dependsOn: [], body };
      if (changeOf(wanted, look(id, body.securityRules), []).action !== "none") drifted += 1;
    }
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
  }
  const seconds = microseconds / 1e6;
  const mean = (rules / Math.max(1, rows.rows.length)).toFixed(1);
  return {
    pages,
    rows: count,
    bytes: rows.bytes + others.bytes,
    line: `  comparison alone: ${rows.rows.length} NSGs with ${mean} rules in the mean, ${seconds.toFixed(2)} s CPU (normal form and differences; ${drifted} differ); ${((rows.bytes + others.bytes) / 1e6).toFixed(0)} MB in all`,
  };
}

async function readRows(stack: Stack, where: string, top: number): Promise<{ rows: RawResource[]; bytes: number }> {
  const headers = { authorization: `Bearer ${await stack.ownerToken()}`, "content-type": "application/json" };
  const rows: RawResource[] = [];
  let bytes = 0;
  for (let skipToken: string | undefined, first = true; first || skipToken !== undefined; first = false) {
    const body = JSON.stringify({
      query: `resources | where ${where} | project id, name, type, location, tags, sku, zones, identity, properties | order by id asc`,
      options: { $top: top, $skipToken: skipToken },
    });
    const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    const answer = await stack.fetchAzure(path, { method: "POST", headers, body });
    if (answer.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      first = true;
      continue;
    }
    const text = await answer.text();
    if (!answer.ok) throw new StackError(`Resource Graph answered ${answer.status}: ${text.slice(0, 500)}`);
    const page = JSON.parse(text) as { data: RawResource[]; $skipToken?: string };
    rows.push(...page.data);
    bytes += Buffer.byteLength(text);
    skipToken = page.$skipToken;
  }
  return { rows, bytes };
}
