import type { Violation } from "./violation.ts";

/** More are of no use to a reader, and an answer must stay small whatever the input is. */
const maximum = 1000;

/** The violations in order, at most 1,000 of them: the last one then says that there are more. */
export function violationList(violations: Iterable<Violation>): readonly Violation[] {
  const list: Violation[] = [];
  for (const violation of violations) {
    if (list.length === maximum) {
      const message = `More than ${maximum - 1} violations: mend these, the others are listed then.`;
      list[maximum - 1] = { pointer: "", code: "too-many-violations", message };
      break;
    }
    list.push(violation);
  }
  return list;
}
