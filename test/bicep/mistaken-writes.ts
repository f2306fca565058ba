import type { JsonObject } from "../../local/arm/json.ts";
import type { ArmWrite } from "./arm-write.ts";

/** A body that Azure's types refuse, and what the compiler is to say of which property. */
export interface MistakenWrite {
  readonly mistake: string;
  readonly write: ArmWrite;
  readonly property: string;
  readonly ruleId: string;
}

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";

function mistaken(mistake: string, path: string, body: JsonObject, property: string, ruleId: string): MistakenWrite {
  const [place = "", apiVersion = ""] = path.split("@");
  return { mistake, write: { caller: null, path: group + place, apiVersion, body }, property, ruleId };
}

const securityGroup = "/providers/Microsoft.Network/networkSecurityGroups/nsg@2025-05-01";
const flowLog = "/providers/Microsoft.Network/networkWatchers/watcher/flowLogs/log@2025-05-01";
const withoutAccess = { direction: "Inbound", priority: 100, protocol: "Tcp" };
const rule = { ...withoutAccess, access: "Allow" };

/** One for each way in which a body can be wrong: a compiler that does not see all of them judges nothing. */
export const mistakenWrites: readonly MistakenWrite[] = [
  mistaken(
    "a property that the type does not have",
    securityGroup,
    {
      location: "westeurope",
      properties: { securityRules: [{ name: "a", properties: { ...rule, sourcePort: "*" } }] },
    },
    "properties.securityRules[0].properties.sourcePort",
    "BCP037",
  ),
  mistaken(
    "a value of another type",
    securityGroup,
    {
      location: "westeurope",
      properties: { securityRules: [{ name: "a", properties: { ...rule, priority: "100" } }] },
    },
    "properties.securityRules[0].properties.priority",
    "BCP036",
  ),
  mistaken(
    "an element of another type",
    "/providers/Microsoft.Network/ipGroups/ipg@2025-05-01",
    { location: "westeurope", properties: { ipAddresses: ["10.0.0.0/24", 5] } },
    "properties.ipAddresses[1]",
    "BCP034",
  ),
  mistaken(
    "a required property that is not there",
    securityGroup,
    { location: "westeurope", properties: { securityRules: [{ name: "a", properties: withoutAccess }] } },
    "properties.securityRules[0].properties",
    "BCP035",
  ),
  mistaken(
    "a value that the enumeration does not have",
    flowLog,
    { location: "westeurope", identity: { type: "UserAsigned" } },
    "identity.type",
    "BCP036",
  ),
  mistaken(
    "a read-only property",
    securityGroup,
    { location: "westeurope", properties: { provisioningState: "Succeeded" } },
    "properties.provisioningState",
    "BCP073",
  ),
  mistaken(
    "an object of a kind that there is not",
    "/providers/Microsoft.Network/firewallPolicies/policy/ruleCollectionGroups/group@2025-05-01",
    { properties: { ruleCollections: [{ name: "a", ruleCollectionType: "FirewallPolicyFilterRules", rules: [] }] } },
    "properties.ruleCollections[0].ruleCollectionType",
    "BCP036",
  ),
  mistaken("a version without types", "/providers/Microsoft.Network/ipGroups/ipg@2001-01-01", {}, "", "BCP081"),
  mistaken("a resource at another scope", "/providers/Microsoft.Security/pricings/Arm@2022-03-01", {}, "", "BCP135"),
];
