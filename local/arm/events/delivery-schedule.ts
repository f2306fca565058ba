const minute = 60;
const hour = 60 * minute;

/** Seconds before the next attempt, by the attempts made. Source: "Event Grid message delivery and retry", Retry schedule. */
const pauses = [10, 30, minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour];
const longestPause = 12 * hour;
const deadLetterPause = 5 * minute;
const deadLetterPatience = 4 * hour;

/** A local Azure without durations still keeps the schedule's order, in milliseconds for seconds. */
const speedAtOnce = 1000;

/** Event Grid's times, so many times faster. */
export class DeliverySchedule {
  readonly #millisecondsPerSecond: number;

  /** @param speed how many times faster than Azure; 0 = at once */
  constructor(speed: number) {
    this.#millisecondsPerSecond = 1000 / (speed === 0 ? speedAtOnce : speed);
  }

  /** Milliseconds until the attempt that follows so many. */
  pauseAfter(attempts: number): number {
    return (pauses[attempts - 1] ?? longestPause) * this.#millisecondsPerSecond;
  }

  /** Milliseconds that an event may live. */
  timeToLive(minutes: number): number {
    return minutes * minute * this.#millisecondsPerSecond;
  }

  /** Milliseconds between the last attempt and the dead letter, and between attempts to write that. */
  get deadLetterPause(): number {
    return deadLetterPause * this.#millisecondsPerSecond;
  }

  /** Milliseconds after which a dead letter that cannot be written is dropped. */
  get deadLetterPatience(): number {
    return deadLetterPatience * this.#millisecondsPerSecond;
  }
}
