import type { NetworkWatcher } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Network/networkWatchers";

/** Shared by a whole region of a subscription; Azure itself usually makes it. */
export function networkWatcherPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, NetworkWatcher>(clients, (client) => client.networkWatchers, {
    type: "Microsoft.Network/networkWatchers",
    toBody: (native) => ({ location: normalLocation(native.location) }),
    toNative: ({ body }, standing) => ({ ...standing, location: body.location }),
  });
}
