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

/** What a body with two slips is answered. */
export const problemExample = {
  type: "about:blank",
  title: "Bad Request",
  status: 400,
  errors: [
    { pointer: "/addressPrefix", code: "prefix-length", message: "Must be /16 to /24, not /26." },
    { pointer: "/application/tiers/0/prot", code: "unknown-field", message: "This field is not known: remove it." },
  ],
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
