import type { Amendment } from "../../../../shared/domain/amendment.ts";
import type { ObservedResource } from "../../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../../shared/domain/resource-id.ts";
import { assessResources } from "../../../../shared/spoke/compliance/assess-resources.ts";
import type { AssessedSpoke, SpokeSurroundings } from "../../../../shared/spoke/compliance/assessed-spoke.ts";
import { judgeSpoke } from "../../../../shared/spoke/compliance/judge-spoke.ts";
import type { DesiredState } from "../../../../shared/spoke/desired-state.ts";
import { allStanding } from "../example.ts";

/** Surroundings in which nothing is to be said against the spoke. */
export const goodSurroundings: SpokeSurroundings = {
  virtualNetworkEncrypted: true,
  residents: [],
  sentinel: true,
  recommendations: 7,
  assignments: [],
  flowLog: { writing: true, seen: "Its newest blob is 4 minutes old." },
  justInTime: null,
  learnt: { checkedAt: "2026-11-27T00:00:00.000Z", open: [] },
};

type Edit = (standing: Map<string, ObservedResource | null>) => void;

/** The spoke of a desired state, as it stands after an edit of Azure. */
export function assessed(
  state: DesiredState,
  edit: Edit = () => {},
  amendments: readonly Amendment[] = [],
  rest: Partial<AssessedSpoke> = {},
): AssessedSpoke {
  const standing = allStanding(state);
  edit(standing);
  return {
    name: state.design.request.name,
    design: state.design,
    resources: assessResources(
      state,
      ({ id }) => ({ kind: "observed", resource: standing.get(resourceIdKey(id)) ?? null }),
      amendments,
    ),
    findings: state.findings,
    connectivity: null,
    surroundings: goodSurroundings,
    amendments,
    ...rest,
  };
}

/** Ids of the controls of a spoke with one of these statuses. */
export function idsWith(status: string, spoke: AssessedSpoke): string[] {
  return judgeSpoke(spoke)
    .controls.filter((one) => one.status === status)
    .map(({ id }) => id);
}

/** Changes the body of one resource. */
export function edited(id: string, edit: (body: Record<string, unknown>) => Record<string, unknown>): Edit {
  return (standing) => {
    const found = standing.get(resourceIdKey(id));
    if (found === undefined || found === null) throw new Error(`${id} does not stand`);
    const body = edit(structuredClone(found.body) as Record<string, unknown>);
    standing.set(resourceIdKey(id), { ...found, body } as ObservedResource);
  };
}
