/** What is told apart of the flows of one outcome. The near end is the interface that logged them. */
export interface Telling {
  /** Length of the prefixes by which the far ends are told apart; 0 for not at all. */
  readonly far: number;
  readonly near: number;
  /** Whether destination ports are told apart. */
  readonly ports: boolean;
}

/** From all that is logged to nothing, each step telling less. */
export const steps: readonly [Telling, ...Telling[]] = [
  { far: 32, near: 32, ports: true },
  { far: 24, near: 32, ports: true },
  { far: 16, near: 32, ports: true },
  { far: 8, near: 32, ports: true },
  { far: 0, near: 32, ports: true },
  { far: 0, near: 32, ports: false },
  { far: 0, near: 0, ports: false },
];

/** Bits of protocol, direction and outcome, which stand below the port in a key and are always told. */
const TRAITS = 1023;

/** What remains of source, destination and port, by direction. */
export function masksOf({ far, near, ports }: Telling): {
  readonly inbound: readonly number[];
  readonly outbound: readonly number[];
} {
  const rest = ports ? -1 : TRAITS;
  return {
    inbound: [maskOf(far), maskOf(near), rest],
    outbound: [maskOf(near), maskOf(far), rest],
  };
}

function maskOf(length: number): number {
  return length === 0 ? 0 : -1 << (32 - length);
}
