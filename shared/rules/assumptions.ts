/** What no answer about NSGs can know from the NSGs alone; every answer names those that it rests on. */
export const assumptions = {
  "no-admin-rules":
    "Security admin rules of Azure Virtual Network Manager come before NSGs and are not given; an AlwaysAllow passes them by.",
  "platform-traffic":
    "DHCP, DNS, instance metadata and licensing of the platform pass NSGs unless a rule names their service tag.",
  "new-connections": "NSGs are stateful: rules decide on new connections; sessions that are open stay so.",
  "any-tag-members":
    "Service tags without fixed addresses and ASGs may have any members; VirtualNetwork covers all addresses where a default route leads to an appliance.",
  "no-interface-groups": "NSGs of single network interfaces are not given; they can only hold back more.",
  "members-at-home": "A network interface has joined no ASG but that of the tier in whose subnet it stands.",
  "usual-virtual-network": "VirtualNetwork is taken as the private addresses of RFC 1918, and Internet as all others.",
  "other-virtual-network":
    "Taken as usual, with VirtualNetwork for RFC 1918 and Internet for all else, both are the same; they differ in a network where these tags hold other addresses.",
} as const;

export type Assumption = keyof typeof assumptions;
