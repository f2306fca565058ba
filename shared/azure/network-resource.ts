import type { NetworkManagementClient } from "@azure/arm-network";
import type { ResourceType } from "../domain/resource.ts";
import { type ArmResource, armResourcePort, type NativeResource, type OperationOptions } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import type { ResourcePort } from "./ports.ts";

/** The operations that the SDK offers for each type of Microsoft.Network that lies directly in a resource group. */
interface TopLevelOperations<Native> {
  get(resourceGroup: string, name: string): Promise<Native>;
  createOrUpdate(resourceGroup: string, name: string, body: Native, options: OperationOptions): PromiseLike<unknown>;
  delete(resourceGroup: string, name: string, options: OperationOptions): PromiseLike<unknown>;
}

/** A write in two parts: Azure takes it on, and then ends it. */
interface LongRunningWrite extends PromiseLike<unknown> {
  submitted(): Promise<void>;
}

/** The same for a child of such a resource. */
export interface ChildOperations<Native> {
  get(resourceGroup: string, parent: string, name: string): Promise<Native>;
  createOrUpdate(
    resourceGroup: string,
    parent: string,
    name: string,
    body: Native,
    options: OperationOptions,
  ): LongRunningWrite;
  delete(resourceGroup: string, parent: string, name: string, options: OperationOptions): PromiseLike<unknown>;
}

export type Translations<T extends ResourceType, Native extends NativeResource> = Pick<
  ArmResource<T, Native>,
  "type" | "toBody" | "toNative" | "holdsOwnMembers"
>;

/** The port of a type of Microsoft.Network that lies directly in a resource group. */
export function networkResourcePort<T extends ResourceType, Native extends NativeResource>(
  clients: AzureClients,
  operationsOf: (client: NetworkManagementClient) => TopLevelOperations<Native>,
  translations: Translations<T, Native>,
): ResourcePort<T> {
  const operations = async (subscriptionId: string) => operationsOf(await clients.network(subscriptionId));
  return armResourcePort(clients, {
    ...translations,
    get: async (at) => (await operations(at.subscriptionId)).get(at.resourceGroup, at.name),
    put: async (at, body, options) =>
      (await operations(at.subscriptionId)).createOrUpdate(at.resourceGroup, at.name, body, options),
    remove: async (at, options) => (await operations(at.subscriptionId)).delete(at.resourceGroup, at.name, options),
  });
}

/** The port of a child of such a resource. */
export function networkChildPort<T extends ResourceType, Native extends NativeResource>(
  clients: AzureClients,
  operationsOf: (client: NetworkManagementClient) => ChildOperations<Native>,
  translations: Translations<T, Native>,
): ResourcePort<T> {
  const operations = async (subscriptionId: string) => operationsOf(await clients.network(subscriptionId));
  return armResourcePort(clients, {
    ...translations,
    get: async (at) => (await operations(at.subscriptionId)).get(at.resourceGroup, at.parent, at.name),
    put: async (at, body, options, accepted) => {
      const { subscriptionId, resourceGroup, parent, name } = at;
      const write = (await operations(subscriptionId)).createOrUpdate(resourceGroup, parent, name, body, options);
      await write.submitted();
      accepted?.();
      return write;
    },
    remove: async (at, options) =>
      (await operations(at.subscriptionId)).delete(at.resourceGroup, at.parent, at.name, options),
  });
}
