import { expect, test } from "vitest";
import { createdByStep } from "../../../local/demo/created-by-step.ts";
import { styleFor } from "../../../local/demo/style.ts";
import { spokeSample } from "./spoke-sample.ts";

test("resources stand under each of their steps, grouped by what was done to their type; findings follow", () => {
  const finding = { code: "GatewaySubnetSmall", severity: "low", message: "Small.", resourceId: null, remedy: "Grow." };
  expect(createdByStep(spokeSample({ findings: [finding] }), styleFor(false, {}))).toEqual([
    "Step 1  Role-based access control  Pending",
    "Step 2  Isolate in a resource group  Succeeded",
    "  created resourceGroups: rg-orders-prod",
    "Step 3  A network security group for each subnet  Running",
    "  created networkSecurityGroups: nsg-a, nsg-b",
    "Step 7  Threat detection  NotApplicable",
    "Findings",
    "  low GatewaySubnetSmall: Small.",
  ]);
});
