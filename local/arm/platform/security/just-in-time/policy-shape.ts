import { z } from "zod";
import type { Resource } from "../../../resource.ts";
import { word } from "../../shape.ts";
import { minutesOf } from "./iso-duration.ts";

const portNumber = z.int().min(0).max(65_535);
const sources = {
  allowedSourceAddressPrefix: z.string().min(1).optional(),
  allowedSourceAddressPrefixes: z.array(z.string().min(1)).min(1).optional(),
};

const portRule = z.strictObject({
  number: portNumber,
  protocol: word(["TCP", "UDP", "*"]),
  ...sources,
  maxRequestAccessDuration: z.string().refine(isAllowedDuration, "A duration of 1 to 24 hours is expected, as PT3H"),
});

const policyMachine = z.strictObject({
  id: z.string(),
  ports: z.array(portRule).min(1),
  publicIpAddress: z.string().optional(),
});

/** The properties of a just-in-time policy, as PUT takes them. */
export const policyShape = z.strictObject({ virtualMachines: z.array(policyMachine).min(1) });

/** A machine of a policy, and a port of it. */
export type PolicyMachine = z.infer<typeof policyMachine>;
export type PortRule = z.infer<typeof portRule>;

/** The machines of a stored policy. */
export function machinesOf({ body }: Pick<Resource, "body">): readonly PolicyMachine[] {
  return policyShape.shape.virtualMachines.parse(body.properties.virtualMachines);
}

const requestedPort = z.strictObject({ number: portNumber, ...sources, endTimeUtc: z.iso.datetime({ offset: true }) });

/** The body of `initiate`. */
export const initiateShape = z.strictObject({
  virtualMachines: z.array(z.strictObject({ id: z.string(), ports: z.array(requestedPort).min(1) })).min(1),
  justification: z.string().optional(),
});

export type InitiateRequest = z.infer<typeof initiateShape>;
export type RequestedPort = z.infer<typeof requestedPort>;

/** Every source that a port of a policy or a request names; the portal writes several with commas. */
export function sourcesOf(port: Pick<RequestedPort, keyof typeof sources>): readonly string[] {
  const single = (port.allowedSourceAddressPrefix ?? "").split(",").map((each) => each.trim());
  return [...(port.allowedSourceAddressPrefixes ?? []), ...single.filter((each) => each !== "")];
}

/** Source: Defender for Cloud, "Enable just-in-time access": maximum time of a request. */
function isAllowedDuration(text: string): boolean {
  const minutes = minutesOf(text);
  return minutes !== undefined && minutes >= 60 && minutes <= 24 * 60;
}
