/**
 * What virtual machines need for Microsoft Entra sign-in, anti-malware and updates (guidance, step 5, "Virtual machine
 * management rules"). Host names belong into the firewall's application rules (trap 10), addresses into the NSGs.
 */
export const vmManagementFqdns: readonly { readonly fqdn: string; readonly port: 443 | 80 }[] = [
  { fqdn: "enterpriseregistration.windows.net", port: 443 },
  { fqdn: "settings-win.data.microsoft.com", port: 443 },
  { fqdn: "sls.update.microsoft.com", port: 443 },
  { fqdn: "v10.events.data.microsoft.com", port: 443 },
  { fqdn: "login.microsoftonline.com", port: 443 },
  { fqdn: "pas.windows.net", port: 443 },
  { fqdn: "ctldl.windowsupdate.com", port: 80 },
  { fqdn: "www.msftconnecttest.com", port: 80 },
];

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

export const vmManagementDestinations: readonly VmManagementDestination[] = [
  {
    name: "Instance-Metadata",
    protocol: "Tcp",
    prefixes: ["169.254.169.254/32"],
    port: 443,
    description: "The guidance's entry; the metadata service passes NSGs anyway unless a rule targets its service tag.",
    insideHost: true,
  },
  {
    name: "Time-Synchronisation",
    protocol: "Udp",
    prefixes: ["40.119.6.228/32"],
    port: 123,
    description: "NTP, time.windows.com.",
    insideHost: false,
  },
  {
    name: "Windows-Activation",
    protocol: "Tcp",
    prefixes: ["20.118.99.224/32", "40.83.235.53/32"],
    port: 1688,
    description: "KMS: both addresses; exempt from NSGs only until a default route exists.",
    insideHost: false,
  },
];
