import type { Coverage } from "./coverage.ts";
import type { LearningWindow } from "./flow-logs/tuple-counter.ts";
import { flowText, type SeenFlow } from "./judging/seen-flow.ts";
import type { Evidence } from "./recommendation.ts";

const mostSamples = 5;

/** What the flows of a rule say for themselves. */
export function evidenceOf(window: LearningWindow, coverage: Coverage, flows: readonly SeenFlow[]): Evidence {
  const observed = flows.map((flow) => flow.observed);
  const bytesOf = ({ observed: { bytesSent, bytesReceived } }: SeenFlow) => bytesSent + bytesReceived;
  const ordered = flows.toSorted((a, b) => bytesOf(b) - bytesOf(a) || (flowText(a) < flowText(b) ? -1 : 1));
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const first = least(observed.map(({ firstSeen }) => firstSeen));
  const last = -least(observed.map(({ lastSeen }) => -lastSeen));
  return {
    windowFrom: window.from,
    windowTo: window.to,
    ...coverage,
    flows: observed.reduce((sum, flow) => sum + flow.flows, 0),
    bytes: flows.reduce((sum, flow) => sum + bytesOf(flow), 0),
    firstSeen: observed.length === 0 ? null : first,
    lastSeen: observed.length === 0 ? null : last,
    sample: ordered.slice(0, mostSamples).map(flowText),
  };
}
