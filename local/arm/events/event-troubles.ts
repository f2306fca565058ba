/** Trouble that was ordered for the deliveries to come. */
export interface EventTroubles {
  /** Further copies of each message. */
  readonly duplicate: number;
  /** Whether deliveries wait a little and then leave in another order. */
  readonly shuffle: boolean;
  /** Seconds that each delivery waits, whatever the speed. */
  readonly delaySeconds: number;
  /** Attempts that fail, the next ones first. */
  readonly failDeliveries: number;
  /** Whether deliveries are given up without an attempt. */
  readonly deadLetter: boolean;
}

export const noTroubles: EventTroubles = {
  duplicate: 0,
  shuffle: false,
  delaySeconds: 0,
  failDeliveries: 0,
  deadLetter: false,
};

/** Milliseconds within which shuffled deliveries leave. */
const shuffleWindow = 1000;

/** Milliseconds that a delivery which is published now has to wait. */
export function waitOf({ shuffle, delaySeconds }: EventTroubles): number {
  return delaySeconds * 1000 + (shuffle ? Math.random() * shuffleWindow : 0);
}
