import type { AzureStore } from "./azure-store.ts";

/**
 * What a removed spoke leaves behind, because its subscription or its hub shares it with the next (design: adopted,
 * never removed). Keys of local Azure's store, without regard to case.
 */
const shared: readonly RegExp[] = [
  // The subscription's: activity log, Defender for Cloud, network watcher.
  /^\/subscriptions\/[^/]+\/providers\/microsoft\.insights\/diagnosticsettings\/zero-trust-activity$/,
  /^\/subscriptions\/[^/]+\/providers\/microsoft\.security\/pricings\/(arm|keyvaults|virtualmachines)$/,
  /^\/subscriptions\/[^/]+\/providers\/microsoft\.security\/securitycontacts\/default$/,
  /^\/subscriptions\/[^/]+\/resourcegroups\/networkwatcherrg(\/providers\/microsoft\.network\/networkwatchers\/networkwatcher_[a-z]+)?$/,
  // The hub's, empty of the spoke: its IP group of spokes and this tool's group in its firewall policy.
  /\/resourcegroups\/rg-hub-[a-z]+\/providers\/microsoft\.network\/ipgroups\/ipg-zero-trust-spokes$/,
  /\/firewallpolicies\/afwp-hub-[a-z]+\/rulecollectiongroups\/rcg-zero-trust-spokes$/,
  // The subscription's Event Grid topic, with its identity and what that may do, which feeds the app's queue.
  /^\/subscriptions\/[^/]+\/resourcegroups\/zero-trust-shared(\/providers\/microsoft\.eventgrid\/systemtopics\/evgt-zero-trust(\/eventsubscriptions\/[^/]+)?)?$/,
  /\/storageaccounts\/stspokeevents\/.+\/roleassignments\/[^/]+$/,
  /^<object id of .+\/systemtopics\/evgt-zero-trust>$/,
];

/** Where two stores differ: `+`, `-` or `~` and the key; what is shared may come and is then not told. */
export function differencesBeyondShared(before: AzureStore, after: AzureStore): string[] {
  return Object.entries(after).flatMap(([table, rows]) => {
    const earlier = before[table as keyof AzureStore];
    const keys = [...new Set([...Object.keys(earlier), ...Object.keys(rows)])];
    return keys.flatMap((key) => {
      if (!(key in rows)) return [`- ${key}`];
      if (!(key in earlier)) return shared.some((pattern) => pattern.test(key)) ? [] : [`+ ${key}`];
      return JSON.stringify(earlier[key]) === JSON.stringify(rows[key]) ? [] : [`~ ${key}`];
    });
  });
}
