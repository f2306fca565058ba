/** So much waits at most for an exporter that is about to be ready; what comes after is dropped. */
const waitingAtMost = 5_000;

type Send = () => void;

let state: "off" | "starting" | "on" = "off";
let waiting: Send[] = [];

/**
 * Hands something to OpenTelemetry: at once where its exporter runs, later where that is about to, never where this app
 * exports nothing. Functions answer before the exporter, a large program, is loaded.
 */
export function toExporter(send: Send): void {
  if (state === "on") send();
  else if (state === "starting" && waiting.length < waitingAtMost) waiting.push(send);
}

export function isExporting(): boolean {
  return state === "on";
}

/** From now on what is handed over waits for the exporter. */
export function exportSoon(): void {
  state = "starting";
}

/** The exporter runs: what waited is sent. */
export function exportNow(): void {
  state = "on";
  for (const send of waiting.splice(0)) send();
}

/** There will be no exporter: what waited is lost. */
export function exportNothing(): void {
  state = "off";
  waiting = [];
}
