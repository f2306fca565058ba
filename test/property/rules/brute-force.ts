/**
 * First match, packet by packet, written from Microsoft Learn's "Network security groups" alone. It shares no code with
 * the engine that it judges, and knows IPv4 prefixes, ranges, ports and protocols; of service tags only those
 * of the default rules, read as most networks are: private addresses are the virtual network, all others the Internet.
 */
export interface PlainRule {
  name?: string;
  priority: number;
  direction: "Inbound" | "Outbound";
  access: "Allow" | "Deny";
  protocol: string;
  sourceAddressPrefixes: string[];
  sourcePortRanges: string[];
  destinationAddressPrefixes: string[];
  destinationPortRanges: string[];
}

export interface PlainPacket {
  direction: "Inbound" | "Outbound";
  protocol: string | number;
  sourceAddress: string;
  sourcePort: number;
  destinationAddress: string;
  destinationPort: number;
}

/** Whether the rules, and behind them Azure's default rules, let the packet pass. */
export function passes(rules: readonly PlainRule[], packet: PlainPacket): boolean {
  const ordered = rules.filter((rule) => rule.direction === packet.direction).sort((a, b) => a.priority - b.priority);
  for (const rule of ordered) if (meets(rule, packet)) return rule.access === "Allow";
  const inside = isPrivate(packet.sourceAddress) && isPrivate(packet.destinationAddress);
  if (inside) return true;
  if (packet.direction === "Inbound") return packet.sourceAddress === "168.63.129.16";
  return !isPrivate(packet.destinationAddress);
}

function meets(rule: PlainRule, packet: PlainPacket): boolean {
  const protocol = rule.protocol.toLowerCase();
  if (protocol !== "*" && protocol !== String(packet.protocol).toLowerCase()) return false;
  return (
    rule.sourceAddressPrefixes.some((prefix) => holds(prefix, packet.sourceAddress)) &&
    rule.destinationAddressPrefixes.some((prefix) => holds(prefix, packet.destinationAddress)) &&
    rule.sourcePortRanges.some((range) => portIn(range, packet.sourcePort)) &&
    rule.destinationPortRanges.some((range) => portIn(range, packet.destinationPort))
  );
}

function holds(prefix: string, address: string): boolean {
  if (prefix === "*") return true;
  const [from = "", to] = prefix.split("-");
  if (to !== undefined) return bits(from) <= bits(address) && bits(address) <= bits(to);
  const [network = "", length = "32"] = prefix.split("/");
  const compared = Number(length);
  return bits(network).slice(0, compared) === bits(address).slice(0, compared);
}

const known = new Map<string, string>();

/** 32 characters 0 and 1, which sort as the addresses do. */
function bits(address: string): string {
  const before = known.get(address);
  if (before !== undefined) return before;
  const text = address
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
  known.set(address, text);
  return text;
}

function portIn(range: string, port: number): boolean {
  if (range === "*") return true;
  const [from, to = from] = range.split("-");
  return Number(from) <= port && port <= Number(to);
}

function isPrivate(address: string): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((prefix) => holds(prefix, address));
}
