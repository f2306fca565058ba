import { RefusedError, TransientError } from "../domain/errors.ts";
import type { DesiredResource, ObservedResource, ResourceBodies, ResourceType } from "../domain/resource.ts";
import { type ArmPath, parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { updateIntervalInMs } from "./operation-pace.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";
import { settled } from "./settled.ts";
import { readThrown } from "./thrown-failure.ts";

/** What every native model tells beside its own properties. */
export interface NativeResource {
  readonly id?: string;
  readonly etag?: string;
  readonly provisioningState?: string;
}

/** Options of a write or a removal, as the SDK's operations take them. */
export interface OperationOptions {
  readonly updateIntervalInMs: number;
  readonly requestOptions: { readonly headers: Record<string, string> };
}

/** One resource type of Resource Manager: its three calls, and its two translations. */
export interface ArmResource<T extends ResourceType, Native extends NativeResource> {
  readonly type: T;
  get(path: ArmPath): Promise<Native>;
  put(path: ArmPath, body: Native, options: OperationOptions, accepted?: () => void): Promise<unknown>;
  remove(path: ArmPath, options: OperationOptions): Promise<unknown>;
  /** Native model → normal form, limited to what is ours of it. */
  toBody(native: Native, desired: DesiredResource<T>): ResourceBodies[T];
  /** What to write: the desired state over what stands and is to be preserved. */
  toNative(desired: DesiredResource<T>, standing: Native | null): Native;
  /**
   * Present where the resource holds members of others: then it is read right before each write, and after a creation
   * again, because two creators overwrite one another (there is no If-None-Match in Microsoft.Network).
   */
  readonly holdsOwnMembers?: (native: Native, desired: DesiredResource<T>) => boolean;
}

/** The port of one resource type: read, read-merge-write under the ETag, remove; each repeated while it may help. */
export function armResourcePort<T extends ResourceType, Native extends NativeResource>(
  clients: AzureClients,
  resource: ArmResource<T, Native>,
): ResourcePort<T> {
  const read = (path: ArmPath) => unlessMissing(() => resource.get(path));

  const put = (path: ArmPath, desired: DesiredResource<T>, standing: Native | null, accepted?: () => void) => {
    // What stands brings its id along, which Azure's types have as read-only: the path says it.
    const body = { ...resource.toNative(desired, standing), id: undefined };
    return resource.put(path, body, operationOptions(standing?.etag), accepted);
  };

  async function writeOnce(
    desired: DesiredResource<T>,
    path: ArmPath,
    standing: Native | null,
    accepted?: () => void,
  ): Promise<void> {
    await put(path, desired, standing, accepted);
    if (standing !== null || resource.holdsOwnMembers === undefined) return;
    const made = await read(path);
    if (made === null) throw notYetVisible(desired.id);
    if (!resource.holdsOwnMembers(made, desired)) await writeOnce(desired, path, made, accepted);
  }

  const asObserved = (desired: DesiredResource<T>, native: Native | null) =>
    native === null ? null : observedResource(resource.type, native, resource.toBody(native, desired), desired.id);
  const readDesired = ({ id }: DesiredResource<T>) => read(parseArmPath(id));
  const settle = async (desired: DesiredResource<T>) =>
    asObserved(desired, await settled(clients, desired.id, () => readDesired(desired)));

  return {
    observe: (desired) =>
      // What many write is hardly ever at rest: a plan that waited for it might never be made.
      desired.ownership === "membership"
        ? clients.attempt(desired.id, async () => asObserved(desired, await readDesired(desired)))
        : settle(desired),

    observeIn: (snapshot, desired) => {
      const raw = snapshot.byId(desired.id);
      return asObserved(desired, raw === undefined ? null : nativeOf<Native>(raw));
    },

    settle,

    write: async (desired, observed, accepted) => {
      const path = parseArmPath(desired.id);
      // What was observed serves the first attempt only: after a refusal (412, 409) the truth is read again.
      let trusted = resource.holdsOwnMembers === undefined;
      await clients.attempt(desired.id, async () => {
        const known = trusted;
        trusted = false;
        const standing = known ? ((observed?.native ?? null) as Native | null) : await read(path);
        await writeOnce(desired, path, standing, accepted);
      });
    },

    writeOver: (desired, observed) =>
      clients.attempt(desired.id, async () => {
        const standing = (observed?.native ?? null) as Native | null;
        try {
          await put(parseArmPath(desired.id), desired, standing);
        } catch (error) {
          throw readThrown(error).statusCode === 412 ? changedMeanwhile(desired.id) : error;
        }
      }),

    remove: (id) =>
      clients.attempt(id, async () => {
        await unlessMissing(() => resource.remove(parseArmPath(id), operationOptions(undefined)));
      }),
  };
}

/** The observation of a native model in normal form. */
export function observedResource<T extends ResourceType>(
  type: T,
  native: NativeResource,
  body: ResourceBodies[T],
  desiredId: string,
): ObservedResource<T> {
  return {
    id: native.id ?? desiredId,
    type,
    body,
    etag: native.etag ?? null,
    provisioningState: toldState(native.provisioningState),
    native,
  };
}

function changedMeanwhile(resourceId: string): RefusedError {
  return new RefusedError({
    code: "ChangedMeanwhile",
    message: "The resource was changed since it was looked at.",
    resourceId,
    remedy: "Nothing: it is looked at again.",
  });
}

/** Azure's replicas of its own memory differ for moments. */
function notYetVisible(resourceId: string): TransientError {
  return new TransientError({
    code: "NotYetVisible",
    message: "Azure made the resource, and does not show it yet.",
    resourceId,
    remedy: "Nothing needs to be changed: run again, and the work continues where it stopped.",
  });
}

/** A cancelled operation has left the resource half done, as a failed one has. */
function toldState(state: string | undefined): string | null {
  return state === "Canceled" ? "Failed" : (state ?? null);
}

function operationOptions(etag: string | undefined): OperationOptions {
  return {
    updateIntervalInMs,
    requestOptions: { headers: etag === undefined ? {} : { "If-Match": etag } },
  };
}
