/** Names of the parts that this tool makes in an Application Gateway. */
export const gatewayParts = {
  placement: "gateway",
  frontend: "public",
  port: "https",
  certificate: "certificate",
  listener: "listener",
  rule: "rule",
  pool: "backend",
  settings: "backend-https",
  probe: "probe",
} as const;

/** A reference to a part of the gateway itself: its collection and its name. */
export type PartId = (collection: string, name: string) => { readonly id: string };
