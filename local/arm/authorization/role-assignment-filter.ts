import { invalidParameter } from "../errors/request-errors.ts";
import type { Resource } from "../resource.ts";
import { isWithin } from "../resource-id.ts";
import type { ListContext, World } from "../world.ts";

/**
 * The assignments that Azure lists for a scope: those at it, above it (inherited) and, unless `atScope()`, below it;
 * with `principalId eq '…'` of one principal, with `assignedTo('…')` also those of its groups.
 * Source: Azure RBAC, "List Azure role assignments using the REST API".
 *
 * @throws ArmError 400 for a filter that Azure does not know
 */
export function selectRoleAssignments({ scope, query, world }: ListContext): readonly Resource[] {
  const filter = readFilter(query.get("$filter"));
  const principals = filter.principals(world);
  return world.list("Microsoft.Authorization/roleAssignments").filter(({ body }) => {
    const assigned = String(body.properties.scope);
    const related = isWithin(scope.id, assigned) || (!filter.atScope && isWithin(assigned, scope.id));
    return related && (principals === undefined || principals.has(String(body.properties.principalId).toLowerCase()));
  });
}

interface AssignmentFilter {
  readonly atScope: boolean;
  readonly principals: (world: World) => ReadonlySet<string> | undefined;
}

function readFilter(text: string | null): AssignmentFilter {
  let atScope = false;
  let principals: AssignmentFilter["principals"] = () => undefined;
  for (const part of (text ?? "").split(/\s+and\s+/i).filter((each) => each.trim() !== "")) {
    const exact = /^principalId eq '([^']+)'$/i.exec(part.trim())?.[1];
    const transitive = /^assignedTo\('([^']+)'\)$/i.exec(part.trim())?.[1];
    if (/^atScope\(\)$/i.test(part.trim())) atScope = true;
    else if (exact !== undefined) principals = () => new Set([exact.toLowerCase()]);
    else if (transitive !== undefined) {
      principals = ({ directory }) =>
        new Set([transitive, ...directory.groupsOf(transitive)].map((id) => id.toLowerCase()));
    } else
      throw invalidParameter(
        `The filter '${text}' is not supported. Supported filters are either 'atScope()', 'principalId eq '{value}'' or 'assignedTo('{value}')'.`,
      );
  }
  return { atScope, principals };
}
