import type { ResourceType } from "../../resource-type.ts";
import { childType } from "../network-type.ts";

/** The rules that Azure adds below every custom rule: read-only, made by the group's view. */
export const defaultSecurityRule: ResourceType = {
  ...childType,
  type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
  inline: { property: "defaultSecurityRules", whenAbsent: "keep", computed: true },
};
