import type { ObservedFlow } from "../../hardening/flow-logs/observed-flow.ts";
import type { LearningWindow } from "../../hardening/flow-logs/tuple-counter.ts";
import type { FlowReduction } from "../../hardening/reduce-flow-records.ts";

/** The sums of a flow, of which the others are its key. */
const sums = ["flows", "packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;
const samplesKept = 20;
const hourLength = 3_600_000;
/** Interfaces that are told apart: of more, the others count for no hour, so that less is covered and never more. */
const mostInterfaces = 65_536;

/** Joins the reductions of days to that of a window: flows of the same key are one, interfaces are told once. */
export class MergedReduction {
  readonly #flows = new Map<string, ObservedFlow>();
  readonly #interfaces = new Map<string, { readonly addresses: Set<number>; readonly hours: Set<number> }>();
  readonly #samples: FlowReduction["samples"][number][] = [];
  #counts: FlowReduction["counts"] | null = null;
  #tooManyFlows = { allowed: false, denied: false };

  /** Distinct flows so far. */
  get size(): number {
    return this.#flows.size;
  }

  add(day: FlowReduction): void {
    for (const flow of day.flows) {
      const key = keyOf(flow);
      const known = this.#flows.get(key);
      this.#flows.set(key, known === undefined ? flow : joined(known, flow));
    }
    const first = Math.floor(day.window.from / hourLength);
    const behind = Math.ceil(day.window.to / hourLength);
    for (const { macAddress, addresses, hours } of day.interfaces) {
      const known = this.#interfaces.get(macAddress) ?? { addresses: new Set(), hours: new Set() };
      for (const address of addresses) known.addresses.add(address);
      // What a record claims of another day says nothing about this one, nor that one.
      for (const hour of hours) if (hour >= first && hour < behind) known.hours.add(hour);
      if (this.#interfaces.has(macAddress) || this.#interfaces.size < mostInterfaces) {
        this.#interfaces.set(macAddress, known);
      }
    }
    this.#counts = this.#counts === null ? { ...day.counts } : sumOf(this.#counts, day.counts);
    this.#samples.push(...day.samples.slice(0, samplesKept - this.#samples.length));
    this.#tooManyFlows = {
      allowed: this.#tooManyFlows.allowed || day.tooManyFlows.allowed,
      denied: this.#tooManyFlows.denied || day.tooManyFlows.denied,
    };
  }

  /** Null where no day was added. */
  result(window: LearningWindow): FlowReduction | null {
    if (this.#counts === null) return null;
    return {
      window,
      flows: [...this.#flows.values()],
      interfaces: [...this.#interfaces].map(([macAddress, { addresses, hours }]) => ({
        macAddress,
        addresses: [...addresses],
        hours: [...hours].sort((a, b) => a - b),
      })),
      counts: this.#counts,
      samples: this.#samples,
      tooManyFlows: this.#tooManyFlows,
    };
  }
}

function keyOf(flow: ObservedFlow): string {
  const { source, sourceLength, destination, destinationLength, destinationPort, protocol } = flow;
  const { direction, allowed, aclId, rule } = flow;
  return `${source}/${sourceLength} ${destination}/${destinationLength} ${destinationPort} ${protocol} ${direction} ${allowed} ${aclId} ${rule}`;
}

function joined(one: ObservedFlow, other: ObservedFlow): ObservedFlow {
  const summed = Object.fromEntries(sums.map((field) => [field, one[field] + other[field]]));
  return {
    ...one,
    ...summed,
    firstSeen: Math.min(one.firstSeen, other.firstSeen),
    lastSeen: Math.max(one.lastSeen, other.lastSeen),
  };
}

function sumOf(a: FlowReduction["counts"], b: FlowReduction["counts"]): FlowReduction["counts"] {
  const total = { ...a };
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] = a[key] + b[key];
  return total;
}
