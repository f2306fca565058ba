import { parseSpokeView, type SpokeView } from "../../../local/demo/spoke-view.ts";

const group = "/subscriptions/s/resourceGroups/rg-orders-prod";

/** A spoke as the API shows it, three seconds (local) into its run; `over` replaces properties. */
export function spokeSample(over: Record<string, unknown> = {}): SpokeView {
  return parseSpokeView({
    name: "orders-prod",
    status: "Running",
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: null,
    findings: [],
    error: null,
    steps: [
      { number: 1, name: "Role-based access control", status: "Pending" },
      { number: 2, name: "Isolate in a resource group", status: "Succeeded" },
      { number: 3, name: "A network security group for each subnet", status: "Running" },
      { number: 7, name: "Threat detection", status: "NotApplicable" },
    ],
    resources: [
      resource("", "Microsoft.Resources/resourceGroups", [2], "Succeeded", 0, 500),
      resource("/nsg-a", "Microsoft.Network/networkSecurityGroups", [3], "Succeeded", 500, 1000),
      resource("/nsg-b", "Microsoft.Network/networkSecurityGroups", [3], "Running", 500, null),
    ],
    criticalPath: {
      seconds: 8,
      resources: [
        { id: group, seconds: 3 },
        { id: `${group}/nsg-a`, seconds: 5 },
      ],
    },
    ...over,
  });
}

function resource(name: string, type: string, steps: number[], status: string, start: number, end: number | null) {
  const time = (milliseconds: number): string => new Date(Date.UTC(2026, 0, 1) + milliseconds).toISOString();
  const finishedAt = end === null ? null : time(end);
  return { id: `${group}${name}`, type, steps, action: "create", status, startedAt: time(start), finishedAt };
}
