import type { LearningWindow } from "../../hardening/flow-logs/tuple-counter.ts";

const hour = 3_600_000;
const day = 24 * hour;
/** A blob is written until its hour is over, and may come some time later. */
const settlesAfter = 3 * hour;

/** One day (UTC) of traffic. */
export interface TrafficDay {
  /** `20261127`, part of the name of its summary. */
  readonly name: string;
  readonly window: LearningWindow;
  /** Nothing more comes: its summary can be kept. */
  readonly settled: boolean;
}

/**
 * The days of a learning window, each to be read once. The window begins at a day's beginning, or the length of the window
 * ago where that is less than a day, and ends with the last full hour.
 * @param length in milliseconds
 */
export function trafficDays(now: number, length: number): TrafficDay[] {
  const to = Math.floor(now / hour) * hour;
  const from = length < day ? to - length : Math.floor((now - length) / day) * day;
  const days: TrafficDay[] = [];
  for (let start = Math.floor(from / day) * day; start < to; start += day) {
    const window = { from: Math.max(start, from), to: Math.min(start + day, to) };
    const whole = window.from === start && window.to === start + day;
    const name = new Date(start).toISOString().slice(0, 10).replaceAll("-", "");
    days.push({ name, window, settled: whole && now >= window.to + settlesAfter });
  }
  return days;
}
