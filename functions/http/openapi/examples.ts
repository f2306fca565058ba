import { steps } from "../../../shared/spoke/steps/index.ts";
import type { ProblemStatus } from "./operation.ts";

/** A request for a spoke with three tiers behind an Application Gateway, every field filled in. */
export const spokeRequestExample = {
  name: "orders-prod",
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  location: "westeurope",
  topology: "hub-spoke",
  addressPrefix: "10.20.0.0/22",
  networkManagersGroupId: "22222222-2222-2222-2222-222222222222",
  application: {
    clientId: "33333333-3333-3333-3333-333333333333",
    hostName: "orders.contoso.com",
    certificateSecretId: "https://kv-platform.vault.azure.net/secrets/orders",
    tiers: [
      { name: "front", port: 443 },
      { name: "app", port: 443, loadBalanced: true },
      { name: "data", port: 1433, loadBalanced: true, replicates: true },
    ],
    flows: [{ from: "front", to: "data", port: 6379, protocol: "Tcp", description: "Cache" }],
  },
  managementAccess: [
    { from: "10.0.1.0/26", to: ["front", "app", "data"], port: 443, protocol: "Tcp", description: "Patch management" },
  ],
  outboundAccess: [
    { from: ["app"], to: "api.payments.example", port: 443, protocol: "Tcp", description: "Payment provider" },
  ],
  outbound: "deny-all",
  tags: { owner: "orders-team" },
};

const problem = (status: number, title: string, code?: string, message = "", pointer = "") => ({
  type: "about:blank",
  title,
  status,
  errors: code === undefined ? [] : [{ pointer, code, message }],
});

/** One answer of each kind, as callers read it. */
export const problemExamples: Readonly<Record<ProblemStatus, unknown>> = {
  400: {
    ...problem(400, "The request has 2 violations."),
    errors: [
      { pointer: "/application/tiers/0/prot", code: "unknown-field", message: "This field is not known: remove it." },
      { pointer: "/addressPrefix", code: "prefix-length", message: "Must be /16 to /24, not /26." },
    ],
  },
  401: problem(401, "Sign in first."),
  403: problem(403, "This needs the role Request."),
  404: problem(404, "There is no spoke of this name."),
  409: problem(
    409,
    "The address prefix is not free.",
    "AddressPrefixOverlaps",
    "It overlaps 10.20.0.0/22, which is the spoke orders-prod.",
    "/addressPrefix",
  ),
  412: problem(412, "The spoke has changed since it was read.", "PreconditionFailed", "Read it again, then decide."),
  413: problem(413, "The body is larger than 256 KiB.", "BodyTooLarge", "Send at most 262,144 bytes."),
  500: problem(500, "The tool failed unexpectedly; the log has the reason."),
  502: problem(
    502,
    "The client does not have authorization to perform action 'Microsoft.Network/virtualNetworks/read'.",
    "AuthorizationFailed",
    "Grant the tool's identity a role that holds the action named in the message.",
  ),
  503: problem(
    503,
    "Azure did not answer in time.",
    "AzureTooSlow",
    "Azure did not answer in time. Try again in a while.",
  ),
};

const resourceGroup = {
  id: "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
  type: "Microsoft.Resources/resourceGroups",
  steps: [2],
  action: "create",
  reasons: ["It does not stand."],
  status: "Running",
  startedAt: "2026-11-27T10:00:02.000Z",
  finishedAt: null,
  error: null,
};

/** A spoke whose run has just begun. */
export const spokeExample = {
  name: "orders-prod",
  request: spokeRequestExample,
  requester: { objectId: "77777777-7777-4777-8777-000000000002", name: "requester@contoso.com" },
  status: "Running",
  revision: 1,
  addressPrefix: "10.20.0.0/22",
  correlationId: "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
  createdAt: "2026-11-27T10:00:00.000Z",
  startedAt: "2026-11-27T10:00:01.000Z",
  finishedAt: null,
  steps: steps.map(({ number, name }) => ({
    number,
    name,
    status: number === 2 ? "Running" : "Pending",
    startedAt: number === 2 ? resourceGroup.startedAt : null,
    finishedAt: null,
    resources: number === 2 ? [resourceGroup] : [],
    findings: [],
  })),
  resources: [resourceGroup],
  findings: [],
  criticalPath: { seconds: 1, resources: [{ id: resourceGroup.id, seconds: 1 }] },
  error: null,
  approval: null,
};

/** A list with one spoke. */
export const spokeListExample = {
  value: [
    {
      name: "orders-prod",
      status: "Succeeded",
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      location: "westeurope",
      addressPrefix: "10.20.0.0/22",
    },
  ],
};
