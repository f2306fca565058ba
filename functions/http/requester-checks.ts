import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { Violation } from "../../shared/domain/violation.ts";
import type { Composition } from "../composition.ts";
import type { Caller } from "./caller.ts";
import { inTime } from "./in-time.ts";
import { Problem, problemAt } from "./problem.ts";

/**
 * Whether the caller may name the request's subscription and manager group: the platform configuration binds groups
 * of requesters to both.
 * @throws Problem 403 naming what the caller may not name.
 */
export function checkBinding(configuration: PlatformConfiguration, caller: Caller, request: SpokeRequest): void {
  const own = configuration.accessBindings.filter(
    ({ requesterGroupId }) => requesterGroupId === "any" || caller.groups.has(requesterGroupId),
  );
  const inSubscription = own.filter(
    ({ subscriptionIds }) => subscriptionIds === "any" || subscriptionIds.includes(request.subscriptionId),
  );
  const withGroup = inSubscription.filter(
    ({ networkManagersGroupIds: groups }) => groups === "any" || groups.includes(request.networkManagersGroupId),
  );
  if (withGroup.length > 0) return;
  const violation: Violation =
    inSubscription.length === 0
      ? {
          pointer: "/subscriptionId",
          code: "SubscriptionNotYours",
          message: "None of your groups may ask for spokes in this subscription.",
        }
      : {
          pointer: "/networkManagersGroupId",
          code: "GroupNotYours",
          message: "None of your groups may name this group of network managers.",
        };
  throw new Problem(403, "You may not ask for this spoke.", [violation]);
}

const notAGroup = {
  "other-group": "it is a group, but not security-enabled",
  user: "it is a user; access is given to groups only (guidance, step 2)",
  "service-principal": "it is a service principal; access is given to groups only (guidance, step 2)",
  unknown: "Microsoft Entra does not know it",
} as const;

/**
 * Asks Microsoft Entra whether the network managers are a security group.
 * @throws Problem 400 where they are not; RefusedError or TransientError where Microsoft Graph does not say.
 */
export async function checkSecurityGroup(
  compose: Pick<Composition, "azureForCallers">,
  request: SpokeRequest,
): Promise<void> {
  const { directory } = await compose.azureForCallers();
  const answer = await inTime(directory.lookUpSecurityGroup(request.networkManagersGroupId));
  if (answer.kind === "security-group") return;
  throw problemAt(
    400,
    "The request has 1 violation.",
    "/networkManagersGroupId",
    "NotASecurityGroup",
    `Name the object id of a security group: ${notAGroup[answer.kind]}.`,
  );
}
