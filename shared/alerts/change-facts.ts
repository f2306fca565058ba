import type { NetworkChange } from "../domain/network-change.ts";

export interface ChangeFact {
  readonly title: string;
  readonly value: string;
}

/** More belongs into the record; an alert is read in seconds. */
const mostLines = 5;
/** Teams takes cards of 28 KB. */
const longestLine = 400;

/** What people want to know of a change, in the order in which they ask. */
export function changeFacts(change: NetworkChange): ChangeFact[] {
  const { origin, gained, lost, error, restoring } = change;
  const caller = origin?.caller;
  const who = caller?.name ?? caller?.applicationId ?? caller?.objectId ?? "not known yet";
  const facts: (ChangeFact | null)[] = [
    { title: "Spoke", value: change.spoke },
    { title: "Resource", value: change.resourceId },
    { title: "Who", value: caller?.ipAddress == null ? who : `${who}, from ${caller.ipAddress}` },
    { title: "When", value: origin?.at ?? change.detectedAt },
    origin === null ? null : { title: "By", value: origin.operation },
    gained.length === 0 ? null : { title: "Passes now", value: few(gained) },
    lost.length === 0 ? null : { title: "Passes no more", value: few(lost) },
    { title: "What differs", value: few(restoring.differences.map(({ pointer }) => pointer || "all of it")) },
    { title: "What was done", value: done(change) },
    error === null ? null : { title: "What to do", value: `${error.message} ${error.remedy}` },
    { title: "Change", value: change.id },
  ];
  return facts.filter((fact) => fact !== null);
}

function done({ status, id }: NetworkChange): string {
  switch (status) {
    case "Restored":
      // Azure, "Network security groups": a change of rules affects new connections only (trap 4).
      return `Restored. Connections that were opened meanwhile go on until they end. Undo: POST /api/changes/${id}/undo`;
    case "RestoreFailed":
      return "Azure refused the restoration.";
    case "BackedOff":
      return "Nothing more for now: it came back after every restoration.";
    case "Gone":
      return "Nothing: it was back when the tool looked. Connections that were opened meanwhile go on until they end.";
    case "Exempt":
      return "Nothing: an exemption keeps it, and it was changed since.";
    default:
      return "Nothing: it stands as it was changed.";
  }
}

function few(lines: readonly string[]): string {
  const shown = lines
    .slice(0, mostLines)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join("; ");
  return lines.length > mostLines ? `${shown} and ${lines.length - mostLines} more` : shown;
}
