import { firstSubscription, type LocalAzure } from "../local-azure.ts";

/** The id of a resource group of the first subscription. */
export function groupId(name: string, subscription = firstSubscription): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

/** Makes a resource group and gives its id. */
export async function makeGroup(azure: LocalAzure, name: string, subscription = firstSubscription): Promise<string> {
  await azure.resources(subscription).resourceGroups.createOrUpdate(name, { location: "westeurope" });
  return groupId(name, subscription);
}

/** PUTs a resource by its id and waits until it stands; the answer is the last GET's body. */
export async function putResource(azure: LocalAzure, id: string, apiVersion: string, body: unknown): Promise<Document> {
  const path = `${id}?api-version=${apiVersion}`;
  const answer = await azure.request("PUT", path, body);
  if (answer.status >= 300) throw new Error(`PUT ${id} answered ${answer.status}: ${answer.text}`);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { status, body: document } = await azure.request("GET", path);
    const state = status === 200 ? (document as Document).properties.provisioningState : "Updating";
    if (state === undefined || state === "Succeeded") return document as Document;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${id} does not come to stand`);
}

/** A resource on the wire. */
export interface Document {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly tags?: Record<string, string>;
  readonly properties: Readonly<Record<string, unknown>>;
}

export const workspaceApi = "2025-07-01";
export const storageApi = "2026-09-01";
export const computeApi = "2024-07-01";
const networkApi = "2026-01-01";

/** A Log Analytics workspace; gives its id. */
export async function makeWorkspace(azure: LocalAzure, group: string, name: string): Promise<string> {
  const id = `${group}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
  await putResource(azure, id, workspaceApi, { location: "westeurope", properties: {} });
  return id;
}

/** A storage account; gives its id. */
export async function makeStorageAccount(azure: LocalAzure, group: string, name: string): Promise<string> {
  const id = `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  const body = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} };
  await putResource(azure, id, storageApi, body);
  return id;
}

/** A virtual network 10.60.0.0/24 with the subnets `a` (first half) and `b`; gives its id. */
export async function makeVirtualNetwork(azure: LocalAzure, group: string, name: string): Promise<string> {
  const id = `${group}/providers/Microsoft.Network/virtualNetworks/${name}`;
  await putResource(azure, id, networkApi, {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.60.0.0/24"] },
      subnets: [
        { name: "a", properties: { addressPrefix: "10.60.0.0/25" } },
        {
          name: "b",
          properties: { addressPrefix: "10.60.0.128/25", serviceEndpoints: [{ service: "Microsoft.Storage" }] },
        },
      ],
    },
  });
  return id;
}

/** A network interface in a subnet; gives its id. */
export async function makeInterface(azure: LocalAzure, group: string, name: string, subnetId: string): Promise<string> {
  const id = `${group}/providers/Microsoft.Network/networkInterfaces/${name}`;
  await putResource(azure, id, networkApi, {
    location: "westeurope",
    properties: { ipConfigurations: [{ name: "ipconfig", properties: { subnet: { id: subnetId } } }] },
  });
  return id;
}

/** An application security group; gives its id. */
export async function makeApplicationSecurityGroup(azure: LocalAzure, group: string, name: string): Promise<string> {
  const id = `${group}/providers/Microsoft.Network/applicationSecurityGroups/${name}`;
  await putResource(azure, id, networkApi, { location: "westeurope", properties: {} });
  return id;
}

/** The error code of an answer. */
export function codeOf(body: unknown): string | undefined {
  return (body as { error?: { code?: string } }).error?.code;
}

/** Every item of a paged list. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
