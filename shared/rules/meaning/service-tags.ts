/**
 * What is known of the service tags that this tool uses (Microsoft Learn, "Virtual network service tags", table of
 * available tags). Every other tag is a set of addresses of which nothing is known: it may be any set, and is never
 * taken for the empty one (trap 11).
 */
interface ServiceTag {
  readonly name: string;
  /** Addresses that Microsoft documents as fixed; null where they depend on the network or change. */
  readonly prefixes: readonly string[] | null;
}

const serviceTags: readonly ServiceTag[] = [
  // Its address space, what is peered or connected with it, and what user-defined routes name (trap 6).
  { name: "VirtualNetwork", prefixes: null },
  // What lies outside the virtual network and is reachable by the public Internet.
  { name: "Internet", prefixes: null },
  // The host's virtual address, from which health probes come; not the traffic that is balanced.
  { name: "AzureLoadBalancer", prefixes: ["168.63.129.16/32"] },
  // Managers of Application Gateways; public addresses that change.
  { name: "GatewayManager", prefixes: null },
  { name: "AzureCloud", prefixes: null },
  // Traffic that passes NSGs unless a rule names its tag (trap 8): more than an address, hence not given as one.
  { name: "AzurePlatformDNS", prefixes: null },
  { name: "AzurePlatformIMDS", prefixes: null },
  { name: "AzurePlatformLKM", prefixes: null },
];

const tagsByName: ReadonlyMap<string, ServiceTag> = new Map(serviceTags.map((tag) => [tag.name.toLowerCase(), tag]));

/** The symbols of the two tags that exclude each other: an address of the network is not one of the Internet. */
export const VIRTUAL_NETWORK = "tag:virtualnetwork";
export const INTERNET = "tag:internet";

/** The fixed prefixes of a tag, or null where its members are not known. */
export function tagPrefixes(tag: string): readonly string[] | null {
  return tagsByName.get(tag.toLowerCase())?.prefixes ?? null;
}

/** The symbol of a tag; Azure compares tags without regard to case. */
export function symbolOfTag(tag: string): string {
  return `tag:${tag.toLowerCase()}`;
}

/** Whether the symbol is a tag of which this tool knows what it stands for. */
export function isKnownTag(symbol: string): boolean {
  return tagsByName.has(symbol.slice("tag:".length));
}

/** A symbol as people read it: the tag as Microsoft spells it, or the name of the application security group. */
export function symbolText(symbol: string): string {
  const name = symbol.slice(4);
  return symbol.startsWith("tag:") ? (tagsByName.get(name)?.name ?? name) : `ASG ${name.split("/").at(-1)}`;
}
