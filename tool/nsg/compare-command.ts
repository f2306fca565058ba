import type { Assumption } from "../../shared/rules/assumptions.ts";
import { type Comparison, compare, type Witness } from "../../shared/rules/compare/compare.ts";
import { parseSecurityGroup } from "../../shared/rules/meaning/parse-security-group.ts";
import type { Answer, Command } from "./command.ts";
import { membershipsText } from "./memberships-text.ts";
import { packetText } from "./packet-text.ts";

/** `{"id", "a", "b"}`: do both allow the same packets? */
export const compareCommand: Command = {
  name: "compare",
  summary: 'do two NSGs allow the same packets? Files A B, or lines {"id", "a", "b"}',
  files: ["a", "b"],
  ask({ a, b }) {
    const comparison = compare(parseSecurityGroup(a, "a"), parseSecurityGroup(b, "b"));
    const { equal, witness } = comparison;
    return {
      answer: {
        equal,
        witness: witness === null ? null : witnessAnswer(witness),
        assumptions: assumptionsOf(comparison),
      },
      finding: !equal,
      readable: witness === null ? ["equal: both allow exactly the same packets"] : readable(witness),
    };
  },
};

function witnessAnswer(witness: Witness): object {
  const { packet, aAllows, bAllows, aRule, bRule } = witness;
  return { ...packet, aAllows, bAllows, aRule, bRule, supposing: membershipsText(witness.memberships) };
}

function assumptionsOf({ witness }: Comparison): Assumption[] {
  const common: Assumption[] = ["no-admin-rules", "platform-traffic", "new-connections"];
  if (witness === null) return [...common, "any-tag-members"];
  if (witness.otherReading) return [...common, "other-virtual-network"];
  return witness.usualReading ? [...common, "usual-virtual-network"] : common;
}

function readable(witness: Witness): Answer["readable"] {
  const side = (name: string, allows: boolean, rule: string) => `  ${name} ${allows ? "allows" : "denies"} it: ${rule}`;
  return [
    `different: ${packetText(witness.packet)}`,
    side("a", witness.aAllows, witness.aRule),
    side("b", witness.bAllows, witness.bRule),
    ...membershipsText(witness.memberships).map((text) => `  supposing that the ${text}`),
  ];
}
