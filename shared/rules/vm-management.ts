import type { VmManagement } from "../domain/vm-management.ts";

/** A management destination that the guidance names by address. */
export interface VmManagementDestination {
  readonly name: string;
  readonly protocol: "Tcp" | "Udp";
  readonly prefixes: readonly string[];
  readonly port: number;
  readonly description: string;
  /** Azure answers it inside the host, so it never reaches a firewall. */
  readonly insideHost: boolean;
}

/**
 * What virtual machines need for metadata, time and activation (guidance, step 5, "Virtual machine management rules").
 * Addresses belong into the NSGs, host names into the firewall's application rules (trap 10).
 */
export function vmManagementDestinations({ timeServers, activationServers }: VmManagement): VmManagementDestination[] {
  return [
    {
      name: "Instance-Metadata",
      protocol: "Tcp",
      prefixes: ["169.254.169.254/32"],
      port: 443,
      description:
        "The guidance's entry; the metadata service passes NSGs anyway unless a rule targets its service tag.",
      insideHost: true,
    },
    {
      name: "Time-Synchronisation",
      protocol: "Udp",
      prefixes: timeServers.map(hostPrefix),
      port: 123,
      description: "NTP, time.windows.com.",
      insideHost: false,
    },
    {
      name: "Windows-Activation",
      protocol: "Tcp",
      prefixes: activationServers.map(hostPrefix),
      port: 1688,
      description: "KMS: both addresses; exempt from NSGs only until a default route exists.",
      insideHost: false,
    },
  ];
}

const hostPrefix = (address: string): string => `${address}/32`;
