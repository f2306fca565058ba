import { type KillMoment, tellMoment } from "./kill-moments.ts";
import type { Kill } from "./killed-run.ts";

/** Kills of one run of one cycle. */
export interface RunKills {
  readonly run: string;
  readonly kills: readonly Kill[];
}

/** The kills as a table in Markdown. */
export function killsTable(title: string, runs: readonly RunKills[]): string {
  const rows = runs.flatMap(({ run, kills }) => kills.map((kill) => rowOf(run, kill)));
  return [
    `### ${title}`,
    "",
    "| # | run | moment | host lived | status then | changes done | in flight |",
    "|---|---|---|---|---|---|---|",
    ...rows.map((row, index) => `| ${[index + 1, ...row].join(" | ")} |`),
    "",
  ].join("\n");
}

function rowOf(run: string, kill: Kill): string[] {
  const { progress } = kill;
  const before = kill.moment.at === "request" && progress?.done === progress?.total;
  const done = before ? "–" : progress === null ? "not planned" : `${progress.done} of ${progress.total}`;
  return [run, momentOf(kill), `${(kill.age / 1000).toFixed(1)} s`, kill.status, done, inFlight(kill)];
}

function momentOf({ moment, came }: { readonly moment: KillMoment; readonly came: boolean }): string {
  return came ? tellMoment(moment) : `${tellMoment(moment)} (did not come: killed all the same)`;
}

function inFlight(kill: Kill): string {
  const open = kill.progress?.open ?? [];
  const atWork = kill.status === "Accepted" || kill.status === "Running" || kill.status === "Removing";
  const allDone = kill.progress !== null && kill.progress.done === kill.progress.total;
  const parts = [
    ...(kill.moment.at === "request" ? ["the request itself"] : []),
    ...(atWork && kill.progress === null ? ["planning, or its start"] : []),
    ...(open.length > 0 ? [`activities: ${shortNames(open)}`] : []),
    ...(kill.operations.length > 0 ? [`Azure at work on ${shortNames(kill.operations)}`] : []),
    ...(kill.turnsHeld > 0 ? ["a turn"] : []),
    ...(allDone && atWork ? [`the end of the run, prefix ${kill.prefixHeld ? "held" : "released"}`] : []),
    ...(atWork || kill.moment.at === "request" ? [] : ["nothing but the orchestration's own end"]),
  ];
  return parts.length === 0 ? "between two waves" : parts.join("; ");
}

function shortNames(ids: readonly string[]): string {
  const names = [...new Set(ids.map((id) => id.split("/").at(-1) ?? id))];
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
