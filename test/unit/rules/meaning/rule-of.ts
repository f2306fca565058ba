import { parseSecurityGroup } from "../../../../shared/rules/meaning/parse-security-group.ts";

/** A rule as ARM answers it; what a test does not name is any. */
export function ruleOf(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const side = (name: string) =>
    Object.keys(fields).some((field) => field.startsWith(`${name}A`)) ? {} : { [`${name}AddressPrefix`]: "*" };
  const ports = (name: string) =>
    Object.keys(fields).some((field) => field.startsWith(`${name}P`)) ? {} : { [`${name}PortRange`]: "*" };
  return {
    name: "rule",
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    ...side("source"),
    ...side("destination"),
    ...ports("source"),
    ...ports("destination"),
    ...fields,
  };
}

/** The inbound rule of a group that has this one only. */
export function parsed(fields: Readonly<Record<string, unknown>>) {
  const [rule] = parseSecurityGroup([ruleOf(fields)]).Inbound;
  if (rule === undefined) throw new Error("no rule");
  return rule;
}
