/** A control of the secure score. */
export interface SecureScoreControl {
  /** `properties.name` of the definition. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Points that it brings where everything in it is healthy. Source: Defender for Cloud, "Secure score". */
  readonly maxScore: number;
}

/** A recommendation of Microsoft Defender for Cloud that local Azure derives from what stands in it. */
export interface Recommendation {
  /** Key of the assessment, which is its name. */
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  readonly remediationDescription: string;
  readonly severity: "High" | "Medium" | "Low";
  /** GUID of the built-in policy. */
  readonly policy: string;
  readonly control: SecureScoreControl;
  readonly subject: "virtualMachine" | "subnet";
  /** True where only Defender for Servers Plan 2 gives it; the others come with the free posture management. */
  readonly needsServersPlan2?: boolean;
  readonly threats: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

/** The name of "Secure management ports" is local Azure's own; that of the other is Azure's. */
const secureManagementPorts: SecureScoreControl = {
  name: "b2c9d0a4-6f1e-4d53-9a77-3c5e8f20d614",
  displayName: "Secure management ports",
  description: "Management ports that stay open invite brute force attacks.",
  maxScore: 8,
};
const restrictNetworkAccess: SecureScoreControl = {
  name: "f9d5432b-8f7b-45e9-b90c-e214a30f6a02",
  displayName: "Restrict unauthorized network access",
  description: "Network security groups keep out who has no business with a machine.",
  maxScore: 4,
};

/** The controls that local Azure scores. */
export const secureScoreControls: readonly SecureScoreControl[] = [secureManagementPorts, restrictNetworkAccess];

const intrusion = {
  threats: ["maliciousInsider", "dataSpillage", "dataExfiltration"],
  tactics: ["Initial Access", "Lateral Movement"],
  techniques: ["Exploit Public-Facing Application"],
};
const bruteForce = {
  threats: ["maliciousInsider", "accountBreach"],
  tactics: ["Initial Access", "Credential Access"],
  techniques: ["Brute Force"],
};

/**
 * Names, texts in short, severities and policies by "Networking security recommendations" of Defender for Cloud. It does
 * not publish the tactics there: those here are local Azure's reading of MITRE ATT&CK.
 */
export const recommendations: readonly Recommendation[] = [
  {
    key: "bc303248-3d14-44c2-96a0-55f5c326b5fe",
    displayName: "Management ports should be closed on your virtual machines",
    description: "Open remote management ports expose a machine to attacks from the Internet.",
    remediationDescription: "Edit the inbound rules of the network security groups, or use just-in-time access.",
    severity: "Medium",
    policy: "22730e10-96f6-4aac-ad84-9383d35b5917",
    control: secureManagementPorts,
    subject: "virtualMachine",
    ...bruteForce,
  },
  {
    key: "805651bc-6ecd-4c73-9b55-97a19d0582d0",
    displayName: "Management ports of virtual machines should be protected with just-in-time network access control",
    description: "Inbound rules for management ports are overly permissive.",
    remediationDescription: "Enable just-in-time access for the machine.",
    severity: "High",
    policy: "b0f33259-77d7-4c9e-aac6-3aabcfae693c",
    control: secureManagementPorts,
    subject: "virtualMachine",
    needsServersPlan2: true,
    ...bruteForce,
  },
  {
    key: "483f12ed-ae23-447e-a2de-a67a10db4353",
    displayName: "Internet-facing virtual machines should be protected with network security groups",
    description: "A machine that the Internet reaches has no network security group.",
    remediationDescription: "Associate a network security group with the subnet or the network interface.",
    severity: "High",
    policy: "f6de0be7-9a8a-4b8a-b349-43cf02d22f7c",
    control: restrictNetworkAccess,
    subject: "virtualMachine",
    ...intrusion,
  },
  {
    key: "a9341235-9389-42f0-a0bf-9bfb57960d44",
    displayName: "Non-internet-facing virtual machines should be protected with network security groups",
    description: "A machine without a public address has no network security group.",
    remediationDescription: "Associate a network security group with the subnet or the network interface.",
    severity: "Low",
    policy: "bb91dfba-c30d-4263-9add-9c2384e659a6",
    control: restrictNetworkAccess,
    subject: "virtualMachine",
    ...intrusion,
  },
  {
    key: "eade5b56-eefd-444f-95c8-23f29e5d93cb",
    displayName: "Subnets should be associated with a network security group",
    description: "A subnet has no network security group.",
    remediationDescription: "Associate a network security group with the subnet.",
    severity: "Low",
    policy: "e71308d3-144b-4262-b144-efdc3cc90517",
    control: restrictNetworkAccess,
    subject: "subnet",
    ...intrusion,
  },
  {
    key: "3b20e985-f71f-483b-b078-f30d73936d43",
    displayName: "All network ports should be restricted on network security groups associated to your virtual machine",
    description: "Inbound rules allow access from Any or Internet.",
    remediationDescription: "Narrow the sources or the ports of the inbound rules.",
    severity: "High",
    policy: "9daedab3-fb2d-461e-b861-71790eead4f6",
    control: restrictNetworkAccess,
    subject: "virtualMachine",
    ...intrusion,
  },
  {
    key: "c3b51c94-588b-426b-a892-24696f9e54cc",
    displayName: "IP forwarding on your virtual machine should be disabled",
    description: "A network interface receives traffic that is addressed to others.",
    remediationDescription: "Disable IP forwarding on the network interface.",
    severity: "Medium",
    policy: "bd352bd5-2853-4985-bf0d-73806b4a5744",
    control: restrictNetworkAccess,
    subject: "virtualMachine",
    ...intrusion,
  },
];
