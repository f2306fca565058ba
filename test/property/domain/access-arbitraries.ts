import fc from "fast-check";
import { description, hostName, port, protocol } from "./application-arbitraries.ts";

const bastions = ["10.0.2.0/26", "10.1.2.0/26", "10.0.2.16/28"];
const management = [...bastions, "10.0.1.0/24", "10.0.1.0/26", "10.0.1.64/26", "10.1.1.7/32"];

/** Management access within the sample's management prefixes, SSH and RDP from its bastions. */
export function managementAccessList(tierNames: readonly string[]) {
  const any = fc.record({ from: fc.constantFrom(...management), port: port.filter((n) => n !== 22 && n !== 3389) });
  const remote = fc.record({ from: fc.constantFrom(...bastions), port: fc.constantFrom(22, 3389) });
  const access = fc
    .record({ origin: fc.oneof(any, remote), to: fc.subarray([...tierNames], { minLength: 1 }), protocol, description })
    .map(({ origin, ...rest }) => ({ ...origin, ...rest }));
  return fc.uniqueArray(access, {
    selector: ({ from, port: number, protocol: name = "Tcp" }) => `${from} ${number} ${name}`,
    maxLength: 6,
  });
}

const address = fc
  .tuple(
    fc.integer({ min: 1, max: 223 }).filter((octet) => octet !== 127),
    fc.nat(255),
    fc.nat(255),
    fc.nat(255),
  )
  .map((octets) => octets.join("."));

const prefix = fc
  .tuple(
    fc.integer({ min: 1, max: 223 }).filter((octet) => octet !== 127),
    fc.nat(255),
    fc.nat(255),
  )
  .map(([first, second, third]) => `${first}.${second}.${third}.0/24`);

const name = fc.tuple(fc.constantFrom("", "*."), hostName).map((parts) => parts.join(""));

/** Outbound access to addresses and prefixes, and to host names where a firewall can judge them. */
export function outboundAccessList(tierNames: readonly string[], hostNamesAllowed: boolean) {
  const from = fc.subarray([...tierNames], { minLength: 1 });
  const numeric = fc.record({ from, to: fc.oneof(address, prefix), port, protocol, description });
  const named = fc.record({
    from,
    to: name,
    port: fc.integer({ min: 1, max: 64000 }),
    protocol: fc.constantFrom<"Tcp" | undefined>("Tcp", undefined),
    description,
  });
  return fc.uniqueArray(hostNamesAllowed ? fc.oneof(numeric, named) : numeric, {
    selector: ({ to, port: number, protocol: label = "Tcp" }) => `${to.toLowerCase()} ${number} ${label}`,
    maxLength: 8,
  });
}
