import { readableName, type SpokeResource, type SpokeView, shortName } from "./spoke-view.ts";
import { type Style, shorten } from "./style.ts";

interface Bar {
  readonly name: string;
  readonly isCritical: boolean;
  /** Azure seconds since the first resource was started. */
  readonly start: number;
  readonly end: number;
}

/**
 * Where the time went: one bar for each resource that was written, in Azure seconds (local seconds × speed; local
 * seconds where speed is 0, for then local Azure is done at once), with the longest chain of dependencies marked.
 */
export function ganttChart(spoke: SpokeView, speed: number, width: number, style: Style): string[] {
  const scale = speed > 0 ? speed : 1;
  const critical = new Set((spoke.criticalPath?.resources ?? []).map(({ id }) => id.toLowerCase()));
  const written = spoke.resources.flatMap((resource) => timed(resource));
  if (written.length === 0) return ["  Nothing was written."];
  const first = Math.min(...written.map(({ startedAt }) => startedAt));
  const bars = written
    .map(
      ({ resource, startedAt, finishedAt }): Bar => ({
        name: readableName(resource),
        isCritical: critical.has(resource.id.toLowerCase()),
        start: ((startedAt - first) / 1000) * scale,
        end: ((finishedAt - first) / 1000) * scale,
      }),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const total = Math.max(...bars.map(({ end }) => end));
  const nameWidth = Math.min(28, Math.max(...bars.map(({ name }) => name.length)));
  const chartWidth = Math.max(10, width - nameWidth - 14);
  const lines = bars.map((bar) => {
    const from = total === 0 ? 0 : Math.min(chartWidth - 1, Math.floor((bar.start / total) * chartWidth));
    const to = total === 0 ? 1 : Math.max(from + 1, Math.round((bar.end / total) * chartWidth));
    const block = bar.isCritical ? style.yellow("█".repeat(to - from)) : style.cyan("▒".repeat(to - from));
    const room = " ".repeat(Math.max(0, chartWidth - to));
    const seconds = `${(bar.end - bar.start).toFixed(1)} s`;
    return `  ${shorten(bar.name, nameWidth).padEnd(nameWidth)} ${" ".repeat(from)}${block}${room} ${seconds.padStart(8)}`;
  });
  return [...lines, ...summary(spoke, total, speed, style)];
}

function summary(spoke: SpokeView, total: number, speed: number, style: Style): string[] {
  const unit = speed > 0 ? "Azure seconds" : "local seconds (speed 0: local Azure is done at once)";
  const path = spoke.criticalPath;
  if (!path) return [`  ${total.toFixed(1)} ${unit}`];
  const chain = path.resources.map(({ id, seconds }) => `${shortName(id)} ${seconds} s`).join(" > ");
  const ratio = speed > 0 && path.seconds > 0 ? `, ${(total / path.seconds).toFixed(2)} × the critical path` : "";
  // The app's own work and the pauses between its looks take time of the clock, whatever Azure's speed.
  const coarse =
    speed > 1
      ? [
          `  A tenth of a local second of the app's own work shows as ${speed / 10} Azure seconds: short ones look longer than they are.`,
        ]
      : [];
  return [
    `  ${style.bold(`${total.toFixed(1)} ${unit}`)} from the first write to the last${ratio}`,
    `  Critical path (${style.yellow("█")}) by Azure's usual durations: ${path.seconds} s = ${chain}`,
    ...coarse,
  ];
}

function timed(resource: SpokeResource): { resource: SpokeResource; startedAt: number; finishedAt: number }[] {
  if (resource.action === "none" || resource.startedAt === null || resource.finishedAt === null) return [];
  return [{ resource, startedAt: Date.parse(resource.startedAt), finishedAt: Date.parse(resource.finishedAt) }];
}
