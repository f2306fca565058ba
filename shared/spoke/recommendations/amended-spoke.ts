import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";

/** Why a recommendation cannot be carried out, in the form of a violation. */
export interface Hindrance {
  readonly code: "NotOpen" | "ByHand" | "Stale" | "LetsMoreIn";
  readonly message: string;
}

/** The spoke as it shall stand now, amendments counted in. */
export interface AmendedSpoke {
  readonly design: SpokeDesign;
  readonly resources: readonly DesiredResource[];
  /** Whether the request itself, and not an amendment, makes a rule of this name. */
  isOwnRule(networkSecurityGroupId: string, rule: string): boolean;
}
