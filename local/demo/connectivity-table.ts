import type { Style } from "./style.ts";
import { type Column, textTable } from "./text-table.ts";

/** What the demo shows of `GET /api/spokes/{name}/connectivity`. */
export interface ShownConnectivity {
  readonly status: string;
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly protocol: string;
    readonly ports: string;
    /** False where it may pass and need not. */
    readonly required: boolean;
    readonly passes: boolean | null;
    readonly deciding: readonly { readonly direction: string; readonly rule: string }[];
  }[];
  readonly counterexamples: readonly { readonly words: string }[];
}

const columns: readonly Column[] = [
  { heading: "From", givesWay: true },
  { heading: "To", givesWay: true },
  { heading: "Port" },
  { heading: "Passes" },
  { heading: "Decided by", givesWay: true },
];

/** The proven flows as a table: from, to, port, and the rule that lets them pass at the end where they arrive. */
export function connectivityTable({ flows }: ShownConnectivity, width: number, style: Style): string[] {
  const rows = flows.map(({ from, to, protocol, ports, required, passes, deciding }) => [
    from,
    to,
    protocol === "*" ? ports : `${protocol} ${ports}`,
    passes === null ? "?" : passes ? "yes" : required ? "no" : "need not",
    deciding.at(-1)?.rule ?? "",
  ]);
  return textTable(columns, rows, width, style);
}
