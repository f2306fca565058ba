import type { Assumption } from "../../shared/rules/assumptions.ts";
import { parseIntent } from "../../shared/rules/prove/parse-intent.ts";
import { prove } from "../../shared/rules/prove/prove.ts";
import type { Command } from "./command.ts";
import { groupsOf } from "./groups-of.ts";
import { membershipsText } from "./memberships-text.ts";
import { packetText } from "./packet-text.ts";

const assumptions: readonly Assumption[] = ["no-admin-rules", "platform-traffic", "new-connections", "any-tag-members"];

/** `{"id", "intent", "nsgs"}`: do the NSGs together let pass exactly what is intended? */
export const proveCommand: Command = {
  name: "prove",
  summary:
    'do NSGs together let pass exactly what is intended? Files INTENT NSG, or lines {"id", "intent": [rules that allow], "nsgs"}',
  files: ["intent", "nsg"],
  ask(question) {
    const { proven, counterexample } = prove(parseIntent(question.intent), groupsOf(question));
    if (counterexample === null) {
      return {
        answer: { proven, counterexample, assumptions },
        finding: false,
        readable: ["proven: exactly the intended flows pass"],
      };
    }
    const { kind, packet, memberships, decisions } = counterexample;
    const supposing = membershipsText(memberships);
    return {
      answer: { proven, counterexample: { kind, ...packet, supposing, decisions }, assumptions },
      finding: true,
      readable: [
        `${kind === "unintended" ? "passes unintended" : "intended, but does not pass"}: ${packetText(packet)}`,
        ...decisions.map(({ networkSecurityGroup, access, rule }) => `  ${networkSecurityGroup}: ${access} by ${rule}`),
        ...supposing.map((text) => `  supposing that the ${text}`),
      ],
    };
  },
};
