import type { Amendment } from "../../domain/amendment.ts";
import type { Connectivity } from "../../domain/connectivity.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Change } from "../../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";

/** One desired resource against what stands. */
export interface AssessedResource {
  readonly desired: DesiredResource;
  readonly observed: ObservedResource | null;
  /** Why nobody could look; null where somebody did. */
  readonly unread: string | null;
  /** What has to happen if nobody had exempted anything; null where nobody could look. */
  readonly unexempted: Change | null;
  /** What has to happen. */
  readonly change: Change | null;
}

/** What else was seen around a spoke; null is what nobody could see. */
export interface SpokeSurroundings {
  readonly virtualNetworkEncrypted: boolean | null;
  /** Compute, data and storage that lies in the spoke's resource group. */
  readonly residents: readonly { readonly id: string; readonly type: string }[] | null;
  /** Whether Microsoft Sentinel reads the workspace. */
  readonly sentinel: boolean | null;
  /** Recommendations of Defender for Cloud in the subscription. */
  readonly recommendations: number | null;
  /** Role assignments at the spoke's resource group. */
  readonly assignments:
    | readonly { readonly id: string; readonly principalType: string; readonly roleDefinitionId: string }[]
    | null;
  /** Whether the flow log really writes, where the tool has looked. */
  readonly flowLog: { readonly writing: boolean | null; readonly seen: string } | null;
  /** Just-in-time policies over the spoke's machines, where the tool has looked. */
  readonly justInTime: { readonly covered: boolean; readonly seen: string } | null;
  /** What was learnt from the traffic, where it was: when, and which recommendations are open. */
  readonly learnt: { readonly checkedAt: string; readonly open: readonly string[] } | null;
}

/** All that the controls of a spoke are judged by. */
export interface AssessedSpoke {
  readonly name: string;
  readonly design: SpokeDesign;
  readonly resources: readonly AssessedResource[];
  /** Of the desired state, of the connectivity and of the linter. */
  readonly findings: readonly Finding[];
  /** Null where everything of the network stands as desired: then it lets pass what the plan has proven. */
  readonly connectivity: Connectivity | null;
  readonly surroundings: SpokeSurroundings;
  /** Those in force for the spoke. */
  readonly amendments: readonly Amendment[];
}
