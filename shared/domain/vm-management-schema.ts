import * as z from "zod";
import { isIpv4Address } from "./address-prefix.ts";
import { publicVmManagement } from "./vm-management.ts";

const address = z.string().refine(isIpv4Address, "Must be an IPv4 address like 40.119.6.228.");
const addresses = z.array(address).min(1);

// Azure Firewall takes an asterisk for the leftmost label of a name ("Azure Firewall policy rule sets", application rules).
const hostName = z
  .string()
  .regex(
    /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "Must be a host name in lower case.",
  );

/** Left out, the public cloud's; another cloud names all of its own, as a mixture would be nobody's. */
export const vmManagementSchema = z
  .strictObject({
    fqdns: z.array(z.strictObject({ fqdn: hostName, port: z.literal([443, 80]) })),
    timeServers: addresses,
    activationServers: addresses,
  })
  .default({
    fqdns: [...publicVmManagement.fqdns],
    timeServers: [...publicVmManagement.timeServers],
    activationServers: [...publicVmManagement.activationServers],
  });
