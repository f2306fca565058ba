import type { SecurityRuleBody } from "../domain/resource.ts";
import { semanticDifference } from "../rules/difference/semantic-difference.ts";
import type { MeaningRule, SecurityGroupMeaning } from "../rules/meaning/meaning-rule.ts";
import { parseSecurityGroup } from "../rules/meaning/parse-security-group.ts";
import { usualReading } from "../rules/meaning/reading.ts";
import { evidenceOf } from "./evidence.ts";
import type { GroupGround } from "./group-ground.ts";
import { GuidanceFlows } from "./guidance-kept.ts";
import type { HardenedGroup, HardeningInput } from "./hardening-input.ts";
import { namedDecider, possibleDeciders, type Sight } from "./judging/possible-deciders.ts";
import { flowsSeenAt, type SeenFlow } from "./judging/seen-flow.ts";
import { narrowRule } from "./narrowing/narrow-rule.ts";
import { certainReading, namesOf } from "./narrowing/spoke-words.ts";
import { isProtectedRule } from "./protected-rule.ts";
import type { Recommendation } from "./recommendation.ts";
import { recommendationId } from "./recommendation-id.ts";
import { replayAt } from "./replay.ts";
import { severityOf } from "./severity.ts";

/** What became of each observed flow at the group: the rules that may have decided on it. */
interface Attributed {
  readonly flow: SeenFlow;
  readonly possible: readonly MeaningRule[];
  /** Those to which the flow counts: the one that the log names, else all. */
  readonly deciders: readonly MeaningRule[];
}

/** The recommendations for one network security group. Throws RefusedError where its rules have no meaning here. */
export function recommendForGroup(input: HardeningInput, group: HardenedGroup, ground: GroupGround): Recommendation[] {
  const { addresses } = ground;
  const sight: Sight = { addresses, subnet: group.subnet };
  const standing = parseSecurityGroup(group.rules, group.networkSecurityGroupId);
  const flows = flowsSeenAt(addresses.subnet(group.subnet), input.reduction.flows);
  const attributed = flows.map((flow): Attributed => {
    const possible = possibleDeciders(standing[flow.direction], flow, sight);
    const named = namedDecider(possible, flow);
    return { flow, possible, deciders: named === null ? possible : [named] };
  });
  const guidance = new GuidanceFlows(input.context, group.subnet, standing);
  return group.rules.flatMap((rule) => {
    if (isProtectedRule(rule, group.subnet, input.context.vmManagement) || isYoung(rule, group, input)) return [];
    const used = attributed.filter(({ deciders }) => deciders.some((decider) => isSame(decider, rule)));
    const own = used.map(({ flow }) => flow);
    const narrowed = own.length === 0 ? null : narrowRule(rule, own, sight, ground.limits);
    if (own.length > 0 && narrowed === null) return [];
    const after = narrowed?.after ?? null;
    const proposed = withRule(group, rule, after);
    const affected = attributed.filter(({ possible }) => possible.some((decider) => isSame(decider, rule)));
    return recommendation({
      input,
      group,
      ground,
      rule,
      after,
      own,
      standing,
      proposed,
      guidance,
      why: narrowed?.reasons ?? ["Nothing used it in the window."],
      replay: replayAt(
        { subnet: group.subnet, standing, proposed },
        sight,
        flows,
        affected.map(({ flow }) => flow),
      ),
    });
  });
}

interface Draft {
  readonly input: HardeningInput;
  readonly group: HardenedGroup;
  readonly ground: GroupGround;
  readonly rule: SecurityRuleBody;
  readonly after: SecurityRuleBody | null;
  readonly own: readonly SeenFlow[];
  readonly standing: SecurityGroupMeaning;
  readonly proposed: SecurityGroupMeaning;
  readonly guidance: GuidanceFlows;
  readonly why: readonly string[];
  readonly replay: Recommendation["replay"];
}

/** Empty where the change means nothing: another rule lets the same pass. */
function recommendation(draft: Draft): Recommendation[] {
  const { input, group, ground, rule, after, own, standing, proposed, guidance, why, replay } = draft;
  const names = namesOf(input.context);
  const { gained } = semanticDifference(standing, proposed, names, certainReading(ground.addresses, group.subnet));
  const { lost } = semanticDifference(standing, proposed, names, usualReading);
  if (gained.length + lost.length === 0) return [];
  const unkept = guidance.lostBy(proposed, rule.direction);
  return [
    {
      id: recommendationId(group.networkSecurityGroupId, rule, after),
      spoke: input.spoke,
      networkSecurityGroupId: group.networkSecurityGroupId,
      subnet: group.subnet,
      rule: rule.name,
      kind: after === null ? "remove" : "narrow",
      before: rule,
      after,
      evidence: evidenceOf(input.reduction.window, ground.coverage, own),
      replay,
      difference: { gained: gained.map(({ text }) => text), lost: lost.map(({ text }) => text) },
      keepsGuidance: unkept.length === 0,
      severity: severityOf(lost),
      reasons: [...why, ...unkept.map((reason) => `It stops what is meant to pass: ${reason}.`)],
    },
  ];
}

/** A rule that did not stand for the whole window was not watched for the whole window. */
function isYoung(rule: SecurityRuleBody, { rulesSince }: HardenedGroup, { reduction }: HardeningInput): boolean {
  const since = rulesSince?.get(rule.name);
  return since !== undefined && since > reduction.window.from;
}

function withRule(group: HardenedGroup, rule: SecurityRuleBody, after: SecurityRuleBody | null): SecurityGroupMeaning {
  const rules = group.rules.flatMap((one) => (one !== rule ? [one] : after === null ? [] : [after]));
  return parseSecurityGroup(rules, group.networkSecurityGroupId);
}

function isSame(meaning: MeaningRule, { name, direction, priority }: SecurityRuleBody): boolean {
  return meaning.name === name && meaning.direction === direction && meaning.priority === priority;
}
