import type { CompletionContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";

/**
 * Azure makes a network watcher of its own in `NetworkWatcherRG` when the first virtual network of a subscription in a
 * region is made ("Enable or disable Azure Network Watcher").
 */
export function makeNetworkWatcher(context: CompletionContext): void {
  const { location } = context.resource.body;
  const subscription = `/subscriptions/${context.id.subscriptionId}`;
  const watchers = context.world.list(networkTypes.networkWatcher, subscription);
  if (location === undefined || watchers.some((watcher) => watcher.body.location === location)) return;
  const group = `${subscription}/resourceGroups/NetworkWatcherRG`;
  if (!context.world.get(group)) context.write(group, { location, properties: {} });
  context.write(`${group}/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${location}`, {
    location,
    properties: {},
  });
}
