import type { AzurePorts } from "../../../../shared/azure/ports.ts";
import { type Amendment, amendmentsInForce } from "../../../../shared/domain/amendment.ts";
import { RefusedError, TransientError } from "../../../../shared/domain/errors.ts";
import type { JustInTimeState } from "../../../../shared/domain/just-in-time-access.ts";
import type { NetworkChange } from "../../../../shared/domain/network-change.ts";
import type { NetworkEvent } from "../../../../shared/domain/network-event.ts";
import type { NetworkInterfaceFact } from "../../../../shared/domain/platform-facts.ts";
import type { DesiredResource, ObservedResource, SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../../shared/domain/resource-id.ts";
import type { SpokeRecord } from "../../../../shared/domain/spoke-record.ts";
import { newlyWatched, type WatchedResource } from "../../../../shared/domain/watched-resource.ts";
import { handleEvent, look } from "../../../../shared/reconcile/changes/look.ts";
import type { WatchTools } from "../../../../shared/reconcile/changes/watch-tools.ts";
import { Documents } from "../../../../shared/state/documents.ts";
import { platform, stateOf } from "../../spoke/example.ts";
import { memoryBlobs } from "./memory-blobs.ts";

type Standing = Map<string, ObservedResource>;

/** A spoke that stands, in an Azure and a state of memory, watched as the app watches it. */
export class WatchedNetwork {
  readonly state: ReturnType<typeof stateOf>;
  readonly standing: Standing = new Map();
  readonly writes: string[] = [];
  readonly alerts: NetworkChange[] = [];
  readonly tools: WatchTools;
  mode: "audit" | "enforce" = "enforce";
  amendments: Amendment[] = [];
  justInTime: JustInTimeState = { policies: [], activeRequests: [] };
  networkInterfaces: NetworkInterfaceFact[] = [];
  record: SpokeRecord;
  /** Thrown by the next writes, first to last. */
  failures: (RefusedError | TransientError)[] = [];
  /** What others do between a look and the write after it, first to last. */
  meanwhile: (() => void)[] = [];
  /** Milliseconds since the epoch. */
  clock = Date.parse("2026-11-27T10:00:00Z");
  readonly #watched = new Map<string, WatchedResource>();
  #events = 0;

  constructor(request: unknown) {
    this.state = stateOf(request);
    for (const resource of this.state.resources) this.#stand(resource);
    const { design, resources } = this.state;
    this.record = {
      version: 1,
      name: design.request.name,
      request: design.request,
      requester: { objectId: "1", name: "Requester" },
      status: "Succeeded",
      revision: 1,
      addressPrefix: design.addresses.spokePrefix,
      tierSlots: Object.fromEntries(design.request.application.tiers.map(({ name }, index) => [name, index])),
      resources: resources.map(({ id, type, ownership, steps, dependsOn }) => ({
        id,
        type,
        ownership,
        steps,
        dependsOn,
      })),
      findings: [],
      error: null,
      createdAt: "",
      startedAt: null,
      finishedAt: null,
    };
    const blobs = memoryBlobs();
    const changes = new Documents<NetworkChange>(blobs, "changes");
    const network = this;
    this.tools = {
      azure: this.#azure(),
      get configuration() {
        return { ...platform, enforcementMode: network.mode };
      },
      spokes: { readRecord: async () => ({ value: this.record, etag: "1" }) } as unknown as WatchTools["spokes"],
      turns: {} as WatchTools["turns"],
      changes,
      pending: new Documents(blobs, "pending"),
      restorations: new Documents(blobs, "restorations"),
      amendmentsOf: async (spoke) => amendmentsInForce(this.amendments, spoke, this.now()),
      tell: async (change) => {
        if (change.alerts.some(({ status }) => status === "Pending")) this.alerts.push(change);
        const alerts = change.alerts.map((one) =>
          one.status === "Pending" ? { ...one, status: "Sent" as const } : one,
        );
        return (await changes.update(change.id, (standing) => ({ ...standing, alerts }))) ?? change;
      },
      now: () => this.now(),
      log: () => undefined,
    };
  }

  now(): string {
    return new Date(this.clock).toISOString();
  }

  id(name: string): string {
    const found = this.state.resources.find(({ id }) => id.endsWith(`/${name}`));
    if (found === undefined) throw new Error(name);
    return found.id;
  }

  rules(name: string): readonly SecurityRuleBody[] {
    const found = this.standing.get(resourceIdKey(this.id(name)));
    if (found?.type !== "Microsoft.Network/networkSecurityGroups") throw new Error(`${name} does not stand`);
    return (found as ObservedResource<"Microsoft.Network/networkSecurityGroups">).body.securityRules;
  }

  /** Somebody else changes the rules of an NSG. */
  setRules(name: string, change: (rules: readonly SecurityRuleBody[]) => readonly SecurityRuleBody[]): void {
    this.change(name, (body: { securityRules: readonly SecurityRuleBody[] }) => ({
      ...body,
      securityRules: change(body.securityRules),
    }));
  }

  change<B extends object>(name: string, change: (body: B) => B): void {
    const key = resourceIdKey(this.id(name));
    const found = this.standing.get(key);
    if (found === undefined) throw new Error(`${name} does not stand`);
    this.standing.set(key, { ...found, body: change(found.body as unknown as B) } as unknown as ObservedResource);
  }

  delete(name: string): void {
    this.standing.delete(resourceIdKey(this.id(name)));
  }

  /** Somebody makes it again as it was. */
  put(name: string): void {
    const found = this.state.resources.find(({ id }) => id === this.id(name));
    if (found !== undefined) this.#stand(found);
  }

  /** Whether everything stands as it shall. */
  isIntended(): boolean {
    return this.state.resources.every(({ id, body }) => {
      const found = this.standing.get(resourceIdKey(id));
      return found !== undefined && JSON.stringify(found.body) === JSON.stringify(body);
    });
  }

  event(name: string, part = "", more: Partial<NetworkEvent> = {}, caller = "mallory"): NetworkEvent {
    this.#events += 1;
    return {
      origin: {
        eventId: `event-${this.#events}`,
        at: this.now(),
        operation: "Microsoft.Network/networkSecurityGroups/securityRules/write",
        correlationId: null,
        caller: { name: caller, objectId: caller, applicationId: null, ipAddress: null },
      },
      action: "write",
      subscriptionId: this.state.design.request.subscriptionId,
      resourceId: this.id(name),
      part,
      ...more,
    };
  }

  async hear(event: NetworkEvent): Promise<void> {
    const { resourceId } = event;
    this.#watched.set(resourceId, await handleEvent(this.tools, this.watched(resourceId), event));
  }

  async look(name: string, by: "event" | "sweep" = "event"): Promise<void> {
    const id = this.id(name);
    this.#watched.set(id, await look(this.tools, this.watched(id), by));
  }

  watched(resourceId: string): WatchedResource {
    return this.#watched.get(resourceId) ?? newlyWatched(resourceId);
  }

  async changes(): Promise<readonly NetworkChange[]> {
    return this.tools.changes.list();
  }

  #stand(resource: DesiredResource): void {
    const { id, type, body } = resource;
    const standing = { id, type, body, etag: null, provisioningState: "Succeeded", native: {} } as ObservedResource;
    this.standing.set(resourceIdKey(id), standing);
  }

  #azure(): AzurePorts {
    const port = {
      writeOver: async (desired: DesiredResource, observed: ObservedResource | null) => {
        this.meanwhile.shift()?.();
        if (observed !== (this.standing.get(resourceIdKey(desired.id)) ?? null)) throw changedMeanwhile();
        await port.write(desired);
      },
      observe: async ({ id }: DesiredResource) => this.standing.get(resourceIdKey(id)) ?? null,
      write: async (desired: DesiredResource) => {
        const failure = this.failures.shift();
        if (failure !== undefined) throw failure;
        this.#refuseMissing(desired);
        this.writes.push(desired.id.split("/").at(-1) ?? "");
        this.#stand(desired);
      },
      remove: async (id: string) => {
        this.standing.delete(resourceIdKey(id));
      },
    };
    return {
      resources: new Proxy({}, { get: () => port }),
      facts: {
        observeInterface: async (id: string) => this.networkInterfaces.find((one) => one.id === id) ?? null,
        observeSpokeFacts: async () => ({ networkInterfaces: this.networkInterfaces }),
      },
      justInTime: { observe: async () => this.justInTime },
      ownIdentity: async () => ({ objectId: "the-tool", applicationId: null }),
      withFewLooks: (work: () => Promise<unknown>) => work(),
    } as unknown as AzurePorts;
  }

  /** As Azure does of a network whose subnets name an NSG that does not stand. */
  #refuseMissing(desired: DesiredResource): void {
    if (desired.type !== "Microsoft.Network/virtualNetworks") return;
    for (const { networkSecurityGroupId } of desired.body.subnets) {
      if (networkSecurityGroupId === null || this.standing.has(resourceIdKey(networkSecurityGroupId))) continue;
      const failure = { code: "InvalidResourceReference", message: "", resourceId: null, remedy: "" };
      throw new RefusedError(failure);
    }
  }
}

function changedMeanwhile(): RefusedError {
  return new RefusedError({ code: "ChangedMeanwhile", message: "", resourceId: null, remedy: "" });
}

export function handMadeRule(name: string, more: Partial<SecurityRuleBody> = {}): SecurityRuleBody {
  return {
    name,
    description: "",
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefixes: ["*"],
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: ["1433"],
    ...more,
  };
}

export function transient(): TransientError {
  return new TransientError({ code: "Throttled", message: "Later.", resourceId: null, remedy: "" });
}
