import type { AssessedSpoke } from "./assessed-spoke.ts";
import { type Evaluation, fails, isUnknown, passes } from "./control.ts";

/**
 * Judges a control by what the desired state, the connectivity and the linter find: any of these codes is a failure.
 * @param none what is seen where nothing is found
 */
export function byFindings(codes: readonly string[], none: string): (spoke: AssessedSpoke) => Evaluation {
  const known = new Set(codes);
  return ({ findings }) => {
    const found = findings.filter(({ code }) => known.has(code));
    if (found.length === 0) return passes(none);
    const evidence = found.map(({ message, resourceId }) => ({ resourceId, seen: message }));
    return fails(evidence, [...new Set(found.map(({ remedy }) => remedy))].join(" "));
  };
}

/** Judges only where the network itself could be read: what is not found in what nobody saw is no pass. */
export function whereRead(judge: (spoke: AssessedSpoke) => Evaluation): (spoke: AssessedSpoke) => Evaluation {
  return (spoke) => {
    const network = spoke.resources.find(({ desired }) => desired.type === "Microsoft.Network/virtualNetworks");
    const unread = network?.unread ?? null;
    if (network === undefined || unread === null) return judge(spoke);
    return isUnknown(`Nobody could look: ${unread}`, "Give the tool the right to read it.", network.desired.id);
  };
}

/** The first judgement that says that a control is about nothing here, or else the last. */
export function where(
  applies: (spoke: AssessedSpoke) => string | null,
  judge: (spoke: AssessedSpoke) => Evaluation,
): (spoke: AssessedSpoke) => Evaluation {
  return (spoke) => {
    const why = applies(spoke);
    return why === null
      ? judge(spoke)
      : { status: "notApplicable", evidence: [{ resourceId: null, seen: why }], remedy: "Nothing." };
  };
}
