import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** Azure Firewall, FirewallPolicyRuleApplicationProtocol: "Port number for the protocol, cannot be greater than 64000". */
const highestFirewallPort = 64000;

/** Host names need a firewall that reads them from TLS or HTTP, hence from TCP. */
export function* hostNameRules(
  index: number,
  { port, protocol }: { port: number | undefined; protocol: string | undefined },
  { hub }: RequestParts,
): Generator<Violation> {
  const at = (field: string) => jsonPointer(["outboundAccess", index, field]);
  if (hub !== undefined && !hub?.firewall) {
    const message =
      "A host name needs a hub with a firewall, which this spoke has not: name an IPv4 address or prefix.";
    yield { pointer: at("to"), code: "host-name-needs-firewall", message };
  }
  if (protocol === "Udp") {
    const message = "A host name needs the protocol Tcp: the firewall reads names from HTTP and TLS only.";
    yield { pointer: at("protocol"), code: "host-name-needs-tcp", message };
  }
  if (port !== undefined && port > highestFirewallPort) {
    const message = `The firewall's application rules take ports up to ${highestFirewallPort}.`;
    yield { pointer: at("port"), code: "host-name-port", message };
  }
}
