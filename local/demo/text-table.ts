import { type Style, shorten } from "./style.ts";

/** A column: its heading, whether its values stand at the right edge (numbers), and whether it gives way first. */
export interface Column {
  readonly heading: string;
  readonly alignRight?: boolean;
  readonly givesWay?: boolean;
}

const gap = 2;
const narrowest = 6;
const narrowestGivingWay = 12;

/**
 * An aligned table of plain text, indented by two. Where it is wider than `width` columns, values are shortened
 * with an ellipsis until it fits: first in the columns that give way, then in all, the widest one always first.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  style: Style,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(column.heading.length, ...rows.map((row) => [...(row[index] ?? "")].length)),
  );
  const available = width - gap * columns.length;
  narrow(widths, available, narrowestGivingWay, (index) => columns[index]?.givesWay === true);
  narrow(widths, available, narrowest, () => true);
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const room = widths[index] ?? 0;
        const text = shorten(cells[index] ?? "", room);
        const padding = " ".repeat(room - [...text].length);
        return column.alignRight ? padding + text : text + padding;
      })
      .join(" ".repeat(gap))
      .trimEnd();
  const indent = " ".repeat(gap);
  return [indent + style.dim(line(columns.map((column) => column.heading))), ...rows.map((row) => indent + line(row))];
}

/** Takes from the widest of the chosen columns until all fit, or none of them may get narrower. */
function narrow(widths: number[], available: number, least: number, isChosen: (index: number) => boolean): void {
  while (sum(widths) > available) {
    const chosen = widths.map((width, index) => (isChosen(index) ? width : 0));
    const widest = chosen.indexOf(Math.max(...chosen));
    const current = chosen[widest] ?? 0;
    if (current <= least) return;
    widths[widest] = current - 1;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
