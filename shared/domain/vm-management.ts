/** What machines need to be managed: other names and addresses in each of Azure's clouds. */
export interface VmManagement {
  /** For the firewall's application rules (trap 10): Microsoft Entra sign-in, anti-malware, updates. */
  readonly fqdns: readonly { readonly fqdn: string; readonly port: 443 | 80 }[];
  /** Addresses of time servers: NTP, UDP 123. */
  readonly timeServers: readonly string[];
  /** Addresses of the Key Management Service that activates Windows: TCP 1688. */
  readonly activationServers: readonly string[];
}

/** Those of the public cloud, which the guidance names (step 5, "Virtual machine management rules"). */
export const publicVmManagement: VmManagement = {
  fqdns: [
    { fqdn: "enterpriseregistration.windows.net", port: 443 },
    { fqdn: "settings-win.data.microsoft.com", port: 443 },
    { fqdn: "sls.update.microsoft.com", port: 443 },
    { fqdn: "v10.events.data.microsoft.com", port: 443 },
    { fqdn: "login.microsoftonline.com", port: 443 },
    { fqdn: "pas.windows.net", port: 443 },
    { fqdn: "ctldl.windowsupdate.com", port: 80 },
    { fqdn: "www.msftconnecttest.com", port: 80 },
  ],
  // time.windows.com
  timeServers: ["40.119.6.228"],
  // azkms.core.windows.net; the guidance lists only the second (trap 9).
  activationServers: ["20.118.99.224", "40.83.235.53"],
};
