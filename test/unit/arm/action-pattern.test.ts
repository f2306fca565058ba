import { expect, it } from "vitest";
import { coversAction } from "../../../local/arm/authorization/action-pattern.ts";

it.each([
  ["*", "Microsoft.Network/virtualNetworks/write", true],
  ["*/read", "microsoft.network/virtualnetworks/READ", true],
  ["*/read", "Microsoft.Network/virtualNetworks/write", false],
  ["Microsoft.Network/*", "Microsoft.Network/virtualNetworks/subnets/join/action", true],
  ["Microsoft.Network/*", "Microsoft.NetworkX/y/read", false],
  ["Microsoft.Network/*/action", "Microsoft.Network/virtualNetworks/write", false],
  ["Microsoft.Network/virtualNetworks/*", "Microsoft.Network/virtualNetworks/peer/action", true],
  ["Microsoft-Network/x", "MicrosoftaNetwork/x", false],
])("%s covers %s: %s", (pattern, action, expected) => {
  expect(coversAction(pattern, action)).toBe(expected);
});
