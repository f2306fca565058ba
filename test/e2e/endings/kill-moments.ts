import { between, type Random, shuffled } from "./seeded-random.ts";

/** When to kill the Functions host, told by progress or by time. */
export type KillMoment =
  /** In the middle of the request itself, before its answer; the caller asks again. */
  | { readonly at: "request"; readonly milliseconds: number }
  /** Right after the 202. */
  | { readonly at: "accepted" }
  /** While the run is planned, after so many reads of Azure. */
  | { readonly at: "planning"; readonly reads: number }
  /** When Azure has accepted so many more writes. */
  | { readonly at: "write"; readonly writes: number }
  /** When the app has asked so many more times how far an operation is. */
  | { readonly at: "poll"; readonly polls: number }
  /** After the next write, which has its effect while its answer never arrives. */
  | { readonly at: "withheld answer" }
  /** While a turn at a shared resource is held. */
  | { readonly at: "turn" }
  | { readonly at: "delay"; readonly milliseconds: number }
  /** After the last change: while lanes end and the end is written; so many steps of a millisecond later. */
  | { readonly at: "ending"; readonly steps: number }
  /** When a removal has given the prefix back, and its record does not say so yet. */
  | { readonly at: "prefix released" }
  /** When the record tells the end, and the orchestration may not know yet. */
  | { readonly at: "end written" };

/** Moments of one run in the order in which they come: at its start, on its way, at its end. */
export interface KillMoments {
  readonly start: readonly KillMoment[];
  readonly way: readonly KillMoment[];
  readonly end: readonly KillMoment[];
}

/** Draws the moments of one run. */
export function drawKillMoments(random: Random, run: "provision" | "remove"): KillMoments {
  const whole = (least: number, most: number) => between(random, least, most);
  const planning: KillMoment = { at: "planning", reads: whole(1, run === "provision" ? 12 : 2) };
  const way: KillMoment[] = [
    { at: "write", writes: whole(1, 4) },
    { at: "write", writes: whole(1, 4) },
    { at: "poll", polls: whole(1, 6) },
    { at: "withheld answer" },
    { at: "turn" },
    { at: "delay", milliseconds: whole(1, 1_500) },
    { at: "delay", milliseconds: whole(1, 3_000) },
  ];
  // The first of these is what counts: after a kill at the end, the next host ends the run before it is ready.
  const endings: KillMoment[] = [
    { at: "end written" },
    { at: "ending", steps: whole(0, 25) },
    ...(run === "remove" ? [{ at: "prefix released" } as const] : []),
  ];
  const ending = endings[whole(0, endings.length - 1)] ?? { at: "end written" };
  return {
    start: [{ at: "request", milliseconds: whole(1, 60) }, { at: "accepted" }, planning],
    way: shuffled(random, way),
    end: [ending, { at: "end written" }],
  };
}

export function tellMoment(moment: KillMoment): string {
  switch (moment.at) {
    case "request":
      return `${moment.milliseconds} ms into the request`;
    case "accepted":
      return "right after the 202";
    case "planning":
      return `planning, after read ${moment.reads}`;
    case "write":
      return `after ${moment.writes} more accepted writes`;
    case "poll":
      return `after ${moment.polls} more polls`;
    case "delay":
      return `${moment.milliseconds} ms later`;
    case "ending":
      return `${moment.steps} ms after the last change`;
    case "withheld answer":
      return "write accepted, answer withheld";
    case "turn":
      return "a turn is held";
    default:
      return moment.at;
  }
}
