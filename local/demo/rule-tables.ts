import type { ShownRule } from "./network-security-group.ts";
import type { Style } from "./style.ts";
import { type Column, textTable } from "./text-table.ts";

const columns: readonly Column[] = [
  { heading: "Prio", alignRight: true },
  { heading: "Name" },
  { heading: "From", givesWay: true },
  { heading: "To", givesWay: true },
  { heading: "Port" },
  { heading: "Access" },
];

/** The rules of one subnet as Azure holds them: a table for each direction, in the order in which they are tried. */
export function ruleTables(subnet: string, rules: readonly ShownRule[], width: number, style: Style): string[] {
  return (["Inbound", "Outbound"] as const).flatMap((direction) => {
    const chosen = rules.filter((rule) => rule.direction === direction);
    const title = `${style.bold(subnet)}  ${direction}`;
    if (chosen.length === 0) return [title, "  no rule of its own: Azure's default rules decide"];
    const rows = chosen.map((rule) => [
      String(rule.priority),
      rule.name,
      list(rule.from),
      list(rule.to),
      rule.ports.length === 1 && rule.ports[0] === "*" ? "*" : `${rule.protocol} ${rule.ports.join(",")}`,
      rule.access,
    ]);
    return [title, ...textTable(columns, rows, width, style)];
  });
}

function list(values: readonly string[]): string {
  return values.length <= 2 ? values.join(", ") : `${values[0]}, +${values.length - 1}`;
}
