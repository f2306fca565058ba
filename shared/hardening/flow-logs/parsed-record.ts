import type { DecisionNames } from "./decision-names.ts";

/** The only version that this tool reads. */
export const FLOW_LOG_VERSION = 4;
/** What Azure calls the rule where encryption and no rule decided. */
const UNSPECIFIED = "unspecified";

type Fields = Readonly<Record<string, unknown>>;

/** A record that the quick reader did not recognise, and JSON.parse did. */
export interface FlowLogRecord {
  readonly time: string;
  readonly macAddress: string;
  readonly flows: readonly unknown[];
}

/** A tuple, and the number of who decided. */
export interface ParsedTuple {
  readonly text: string;
  readonly group: number;
}

/** The record that a parsed value is; or why it is none that can be read. */
export function shapeOf(value: unknown): FlowLogRecord | "other-version" | "malformed" {
  if (!isObject(value)) return "malformed";
  if (value.flowLogVersion !== FLOW_LOG_VERSION) {
    return typeof value.flowLogVersion === "number" ? "other-version" : "malformed";
  }
  const flows = isObject(value.flowRecords) ? value.flowRecords.flows : undefined;
  if (!Array.isArray(flows)) return "malformed";
  return { time: textOf(value.time), macAddress: textOf(value.macAddress), flows };
}

/** Its tuples in the order in which they were written; not `sound` where a part of it is none of tuples. */
export function tuplesOf(
  { flows }: FlowLogRecord,
  names: DecisionNames,
): { readonly tuples: readonly ParsedTuple[]; readonly sound: boolean } {
  const tuples: ParsedTuple[] = [];
  let sound = true;
  for (const flow of flows) {
    const groups = listIn(flow, "flowGroups");
    sound &&= groups !== null;
    const acl = names.names.numberOf(textOf(isObject(flow) ? flow.aclID : null));
    for (const group of groups ?? []) {
      const texts = listIn(group, "flowTuples");
      sound &&= texts !== null;
      const number = names.groupOf(acl, names.names.numberOf(textOf(isObject(group) ? group.rule : null)));
      for (const text of texts ?? []) tuples.push({ text: typeof text === "string" ? text : "", group: number });
    }
  }
  return { tuples, sound };
}

function listIn(value: unknown, member: string): readonly unknown[] | null {
  const list = isObject(value) ? value[member] : undefined;
  return Array.isArray(list) ? list : null;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : UNSPECIFIED;
}
