import { expect, test } from "vitest";
import { type ConditionalAccessPolicy, demandsMfaOfAll } from "../../../shared/azure/conditional-access-policy.ts";

const clientId = "33333333-3333-3333-3333-333333333333";

const policy: ConditionalAccessPolicy = {
  state: "enabled",
  conditions: {
    clientAppTypes: ["all"],
    applications: { includeApplications: [clientId] },
    users: { includeUsers: ["All"] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};
const where = (conditions: ConditionalAccessPolicy["conditions"]): ConditionalAccessPolicy => ({
  ...policy,
  conditions: { ...policy.conditions, ...conditions },
});
const granting = (grantControls: ConditionalAccessPolicy["grantControls"]): ConditionalAccessPolicy => ({
  ...policy,
  grantControls,
});

test.each<[string, ConditionalAccessPolicy]>([
  ["of the application", policy],
  ["that only reports", { ...policy, state: "enabledForReportingButNotEnforced" }],
  ["of all applications", where({ applications: { includeApplications: ["All"] } })],
  ["of the application in other letters", where({ applications: { includeApplications: [clientId.toUpperCase()] } })],
  ["from all locations", where({ locations: { includeLocations: ["All"], excludeLocations: [] } })],
  ["of both kinds of modern clients", where({ clientAppTypes: ["browser", "mobileAppsAndDesktopClients"] })],
  [
    "by an authentication strength",
    granting({ operator: "OR", authenticationStrength: { requirementsSatisfied: "mfa" } }),
  ],
  ["and of a compliant device besides", granting({ operator: "AND", builtInControls: ["mfa", "compliantDevice"] })],
])("a policy %s demands a second factor of all", (_what, given) => {
  expect(demandsMfaOfAll(given, clientId)).toBe(true);
});

test.each<[string, ConditionalAccessPolicy]>([
  ["that is off", { ...policy, state: "disabled" }],
  ["of another application", where({ applications: { includeApplications: ["Office365"] } })],
  [
    "that leaves the application out",
    where({ applications: { includeApplications: ["All"], excludeApplications: [clientId] } }),
  ],
  ["of some users", where({ users: { includeUsers: ["GuestsOrExternalUsers"] } })],
  ["outside trusted locations", where({ locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] } })],
  ["on one platform", where({ platforms: { includePlatforms: ["android"] } })],
  ["at risky sign-ins", where({ signInRiskLevels: ["high"] })],
  ["of some devices", where({ devices: { deviceFilter: { mode: "include", rule: "device.isCompliant -eq False" } } })],
  ["of browsers only", where({ clientAppTypes: ["browser"] })],
  ["or else of a compliant device", granting({ operator: "OR", builtInControls: ["mfa", "compliantDevice"] })],
  ["by terms of use only", granting({ operator: "OR", termsOfUse: ["tou"] })],
  [
    "by a strength of one factor",
    granting({ operator: "OR", authenticationStrength: { requirementsSatisfied: "none" } }),
  ],
  ["that only limits sessions", granting(null)],
])("a policy %s does not", (_what, given) => {
  expect(demandsMfaOfAll(given, clientId)).toBe(false);
});
