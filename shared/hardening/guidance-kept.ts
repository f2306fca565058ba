import type { IntendedFlow } from "../rules/intent/intended-flow.ts";
import { intentOf } from "../rules/intent/intent-of.ts";
import { type Direction, directions, type SecurityGroupMeaning } from "../rules/meaning/meaning-rule.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { flowPassage } from "../rules/spoke-proof/flow-passage.ts";
import { type Place, placesOf } from "../rules/spoke-proof/place.ts";

interface MeantFlow {
  readonly flow: IntendedFlow;
  readonly direction: Direction;
}

/** The flows that the request and the guidance mean at one subnet, and that its network security group lets pass. */
export class GuidanceFlows {
  private readonly context: RuleContext;
  private readonly subnet: string;
  private readonly places: readonly Place[];
  private readonly kept: readonly MeantFlow[];

  /** Throws RefusedError `RulesTooComplex`. */
  constructor(context: RuleContext, subnet: string, standing: SecurityGroupMeaning) {
    this.context = context;
    this.subnet = subnet;
    this.places = placesOf(context);
    const intent = intentOf(context).find((one) => one.subnet === subnet);
    const meant = directions.flatMap((direction) =>
      (intent?.[direction] ?? []).map((flow): MeantFlow => ({ flow, direction })),
    );
    this.kept = meant.filter((one) => one.flow.optional !== true && this.passes(one, standing));
  }

  /** The reasons of those that would not pass any more, or not whole. Throws RefusedError `RulesTooComplex`. */
  lostBy(proposed: SecurityGroupMeaning, direction: Direction): string[] {
    const own = this.kept.filter((one) => one.direction === direction);
    return own.filter((one) => !this.passes(one, proposed)).map(({ flow }) => flow.reason);
  }

  private passes({ flow, direction }: MeantFlow, group: SecurityGroupMeaning): boolean {
    return flowPassage(this.context, this.places, flow, { subnet: this.subnet, group, direction }).passes;
  }
}
