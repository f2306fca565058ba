import type { ApplicationSecurityGroup } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/applicationSecurityGroups";

/** The machines of one role. Who is in it stands on the network interfaces, not here. */
export function applicationSecurityGroupPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, ApplicationSecurityGroup>(clients, (client) => client.applicationSecurityGroups, {
    type: "Microsoft.Network/applicationSecurityGroups",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
    }),
  });
}
