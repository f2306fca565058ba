import { ArmError } from "../arm-error.ts";
import { notModelled } from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/** What a policy rule may look at of a resource that is to be written. */
export interface PolicyTarget {
  readonly type: string;
  readonly name: string;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

type Condition = (target: PolicyTarget) => boolean;

const tagField = /^tags(?:\.(\w+)|\['([^']+)'\])$/i;

/**
 * A policy rule as what decides whether it denies. Modelled: `allOf`, `anyOf`, `not`; the fields `type`, `name`,
 * `location` and tags; `equals`, `notEquals`, `in`, `notIn`, `exists`; the effect `deny`.
 * Source: Azure Policy, "Azure Policy definitions policy rule".
 * @throws ArmError 400 for what is no rule, 501 for the rest of Azure's language
 */
export function readPolicyRule(rule: unknown): Condition {
  if (!isJsonObject(rule) || !isJsonObject(rule.if) || !isJsonObject(rule.then)) {
    throw invalidRule("The policy rule must have an 'if' and a 'then'.");
  }
  if (String(rule.then.effect).toLowerCase() !== "deny") {
    throw notModelled(`the policy effect '${String(rule.then.effect)}'`);
  }
  return readCondition(rule.if);
}

function readCondition(given: unknown): Condition {
  if (!isJsonObject(given)) throw invalidRule("A condition must be an object.");
  if (Array.isArray(given.allOf)) {
    const all = given.allOf.map(readCondition);
    return (target) => all.every((holds) => holds(target));
  }
  if (Array.isArray(given.anyOf)) {
    const any = given.anyOf.map(readCondition);
    return (target) => any.some((holds) => holds(target));
  }
  if (given.not !== undefined) {
    const holds = readCondition(given.not);
    return (target) => !holds(target);
  }
  return readComparison(given);
}

function readComparison({ field, ...operators }: JsonObject): Condition {
  const [[operator, operand] = [], ...more] = Object.entries(operators);
  if (typeof field !== "string" || operator === undefined || more.length > 0) {
    throw notModelled("this policy condition");
  }
  const value = readField(field);
  const isEqual = (target: PolicyTarget, to: unknown) => value(target)?.toLowerCase() === String(to).toLowerCase();
  const isAmong = (target: PolicyTarget) => Array.isArray(operand) && operand.some((one) => isEqual(target, one));
  switch (operator.toLowerCase()) {
    case "equals":
      return (target) => isEqual(target, operand);
    case "notequals":
      return (target) => !isEqual(target, operand);
    case "in":
      return isAmong;
    case "notin":
      return (target) => !isAmong(target);
    case "exists":
      return (target) => (value(target) !== undefined) === (String(operand).toLowerCase() === "true");
    default:
      throw notModelled(`the policy condition '${operator}'`);
  }
}

function readField(field: string): (target: PolicyTarget) => string | undefined {
  const [, dotted, quoted] = tagField.exec(field) ?? [];
  const tag = (dotted ?? quoted)?.toLowerCase();
  if (tag !== undefined) {
    return ({ tags }) => Object.entries(tags).find(([name]) => name.toLowerCase() === tag)?.[1];
  }
  const known = ["type", "name", "location"] as const;
  const member = known.find((one) => one === field.toLowerCase());
  if (member === undefined) throw notModelled(`the policy field '${field}'`);
  return (target) => target[member];
}

function invalidRule(message: string): ArmError {
  return new ArmError(400, "InvalidPolicyRule", message);
}
