/** One mistake in a request, and where it must be told. */
export interface Mutation {
  readonly pointer: string;
  // biome-ignore lint/suspicious/noExplicitAny: a mistake may be of any type
  readonly change: (body: any) => void;
}

/** Mistakes of which none hides or mends another, whatever subset of them a request has. */
export const mutations: readonly Mutation[] = [
  {
    pointer: "/name",
    change: (body) => {
      body.name = "Orders/Prod";
    },
  },
  {
    pointer: "/subscriptionId",
    change: (body) => {
      body.subscriptionId = "00000000-0000-0000-0000-000000000000";
    },
  },
  {
    pointer: "/location",
    change: (body) => {
      body.location = "atlantis";
    },
  },
  {
    pointer: "/networkManagersGroupId",
    change: (body) => {
      delete body.networkManagersGroupId;
    },
  },
  {
    pointer: "/addressPrefix",
    change: (body) => {
      body.addressPrefix = "10.0.0.1/24";
    },
  },
  {
    pointer: "/outbound",
    change: (body) => {
      body.outbound = ["deny-all"];
    },
  },
  {
    pointer: "/colour",
    change: (body) => {
      body.colour = "red";
    },
  },
  {
    pointer: "/tags/azure:x",
    change: (body) => {
      body.tags = { ...body.tags, "azure:x": "y" };
    },
  },
  {
    pointer: "/application/clientId",
    change: (body) => {
      body.application.clientId = "me";
    },
  },
  {
    pointer: "/application/hostName",
    change: (body) => {
      body.application.hostName = "not a host";
    },
  },
  {
    pointer: "/application/certificateSecretId",
    change: (body) => {
      body.application.certificateSecretId = "http://x";
    },
  },
  {
    pointer: "/application/logo",
    change: (body) => {
      body.application.logo = null;
    },
  },
  {
    pointer: "/application/tiers/0/port",
    change: (body) => {
      body.application.tiers[0].port = 0;
    },
  },
  {
    pointer: "/application/tiers/0/loadBalanced",
    change: (body) => {
      body.application.tiers[0].loadBalanced = "yes";
    },
  },
  {
    pointer: "/application/tiers/0/zone",
    change: (body) => {
      body.application.tiers[0].zone = 1;
    },
  },
  {
    pointer: "/application/flows/0/from",
    change: (body) => {
      body.application.flows = [{ from: "nosuchtier99999", to: body.application.tiers[0].name, port: 9 }];
    },
  },
  {
    pointer: "/managementAccess/0/from",
    change: (body) => {
      body.managementAccess = [{ from: "Internet", to: [body.application.tiers[0].name], port: 22 }];
    },
  },
  {
    pointer: "/outboundAccess/0/to",
    change: (body) => {
      body.outboundAccess = [{ from: [body.application.tiers[0].name], to: "0.0.0.0/0", port: 443 }];
    },
  },
];
