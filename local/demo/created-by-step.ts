import { type SpokeView, shortName } from "./spoke-view.ts";
import type { Style } from "./style.ts";

const verbs: Record<string, string> = {
  create: "created",
  update: "updated",
  delete: "removed",
  none: "stood already",
};

/** What was done, by step of the guidance, then the findings. A resource that serves several steps stands in each. */
export function createdByStep(spoke: SpokeView, style: Style): string[] {
  const lines: string[] = [];
  for (const step of spoke.steps) {
    lines.push(`${style.bold(`Step ${step.number}  ${step.name}`)}  ${style.dim(step.status)}`);
    const groups = new Map<string, string[]>();
    for (const resource of spoke.resources) {
      if (!resource.steps.includes(step.number)) continue;
      const what = `${verbs[resource.action] ?? resource.action} ${resourceKind(resource.type)}`;
      groups.set(what, [...(groups.get(what) ?? []), shortName(resource.id)]);
    }
    for (const [what, names] of groups) lines.push(`  ${what}: ${names.join(", ")}`);
  }
  if (spoke.findings.length > 0) {
    lines.push(style.bold("Findings"));
    for (const finding of spoke.findings) {
      lines.push(`  ${style.yellow(finding.severity)} ${finding.code}: ${finding.message}`);
    }
  }
  return lines;
}

/** Last part of a resource type: "networkSecurityGroups". */
function resourceKind(type: string): string {
  return type.slice(type.lastIndexOf("/") + 1);
}
