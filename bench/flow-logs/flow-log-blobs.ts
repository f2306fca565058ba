import { seeded } from "../rules/rule-families.ts";

/** One blob of a virtual network flow log, as Azure writes it: an hour of one network interface. */
export interface GeneratedBlob {
  readonly name: string;
  readonly text: string;
}

const MINUTE = 60_000;
const begin = Date.UTC(2026, 8, 1);

interface Peer {
  readonly rule: string;
  readonly near: boolean;
  readonly address: string;
  readonly port: number;
  readonly protocol: number;
  readonly denied: boolean;
}

/**
 * Flow logs of a busy network: machines of three tiers with callers, backends, name servers and the Internet, scans that
 * are denied, states B, C and E with their counters. The same seed gives the same bytes.
 * @param megabytes about how many are made, in blobs of about four
 */
export function* flowLogBlobs(megabytes: number, seed = 1): Generator<GeneratedBlob> {
  const random = seeded(seed);
  const whole = (below: number) => Math.floor(random() * below);
  let written = 0;
  for (let number = 0; written < megabytes * 1e6; number += 1) {
    const machine = number % 60;
    const hour = Math.floor(number / 60);
    const blob = hourOf(machine, begin + hour * 60 * MINUTE, peersOf(machine, seeded(seed * 1000 + machine)), whole);
    written += blob.text.length;
    yield blob;
  }
}

function peersOf(machine: number, random: () => number): Peer[] {
  const whole = (below: number) => Math.floor(random() * below);
  const inSubnet = (tier: number) => `10.20.${tier}.${4 + whole(60)}`;
  const internet = () => `${20 + whole(180)}.${whole(256)}.${whole(256)}.${1 + whole(254)}`;
  return Array.from({ length: 1000 }, (): Peer => {
    const kind = random();
    const peer = (rule: string, near: boolean, address: string, port: number, protocol = 6, denied = false): Peer => ({
      rule,
      near,
      address,
      port,
      protocol,
      denied,
    });
    if (kind < 0.35) return peer("UserRule_Allow-App-Tier-to-SQL-VMs-Inbound", false, inSubnet(machine % 3), 1433);
    if (kind < 0.5) return peer("UserRule_Allow-DNS-Udp-Outbound", true, `10.0.0.${4 + whole(4)}`, 53, 17);
    if (kind < 0.8) return peer("UserRule_Allow-Firewall-Tcp-Outbound", true, internet(), 443);
    return peer("DefaultRule_DenyAllInBound", false, internet(), whole(65536), 6, true);
  });
}

function hourOf(
  machine: number,
  from: number,
  peers: readonly Peer[],
  whole: (below: number) => number,
): GeneratedBlob {
  const mac = `00224871${(0xc000 + machine).toString(16).toUpperCase()}`;
  const own = `10.20.${machine % 3}.${4 + machine}`;
  const records = Array.from({ length: 60 }, (_, minute) => recordOf(mac, own, from + minute * MINUTE, peers, whole));
  const date = new Date(from);
  const part = (value: number) => String(value).padStart(2, "0");
  const folders = `y=${date.getUTCFullYear()}/m=${part(date.getUTCMonth() + 1)}/d=${part(date.getUTCDate())}/h=${part(date.getUTCHours())}/m=00`;
  return {
    name: `flowLogResourceID=/${subscription.toUpperCase()}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_FL-ORDERS/${folders}/macAddress=${mac}/PT1H.json`,
    text: `{"records":[${records.join(",")}]}`,
  };
}

const subscription = "11111111-1111-1111-1111-111111111111";

function recordOf(
  mac: string,
  own: string,
  from: number,
  peers: readonly Peer[],
  whole: (below: number) => number,
): string {
  const byRule = new Map<string, string[]>();
  for (let i = 0; i < 400; i += 1) {
    const peer = peers[whole(peers.length)] as Peer;
    const list = byRule.get(peer.rule) ?? [];
    byRule.set(peer.rule, list);
    list.push(...tuplesOf(peer, own, from + whole(MINUTE), whole));
  }
  const groups = [...byRule].map(([rule, tuples]) => `{"rule":"${rule}","flowTuples":[${tuples.join(",")}]}`);
  const ids = `"flowLogResourceID":"/SUBSCRIPTIONS/${subscription}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/FL-ORDERS","targetResourceID":"/subscriptions/${subscription}/resourceGroups/rg-orders/providers/Microsoft.Network/virtualNetworks/vnet-orders"`;
  return `{"time":"${new Date(from + MINUTE - 1).toISOString().replace("Z", "0000Z")}","flowLogVersion":4,"flowLogGUID":"66aa66aa-bb77-cc88-dd99-00ee00ee00ee","macAddress":"${mac}","category":"FlowLogFlowEvent",${ids},"operationName":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"00aa00aa-bb11-cc22-dd33-44ee44ee44ee","flowGroups":[${groups.join(",")}]}]}}`;
}

function tuplesOf(peer: Peer, own: string, time: number, whole: (below: number) => number): string[] {
  const [source, destination] = peer.near ? [own, peer.address] : [peer.address, own];
  const ends = `${source},${destination},${1024 + whole(64_000)},${peer.port},${peer.protocol},${peer.near ? "O" : "I"}`;
  if (peer.denied) return [`"${time},${ends},D,NX,0,0,0,0"`];
  const counters = () => `${1 + whole(2000)},${60 + whole(2_000_000)},${1 + whole(2000)},${60 + whole(4_000_000)}`;
  const going = whole(4) === 0 ? [`"${time + 500},${ends},C,NX,${counters()}"`] : [];
  return [`"${time},${ends},B,NX,,,,"`, ...going, `"${time + 900},${ends},E,NX,${counters()}"`];
}
