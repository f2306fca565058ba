import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** Host name and certificate come together (an Application Gateway publishes the application) or not at all. */
export function* gatewayRules({ application }: RequestParts): Generator<Violation> {
  const { hostName, certificateSecretId } = application;
  if (hostName === null && certificateSecretId !== null) {
    yield missingHalf("hostName", "certificateSecretId");
  }
  if (hostName !== null && certificateSecretId === null) {
    yield missingHalf("certificateSecretId", "hostName");
  }
}

function missingHalf(absent: string, present: string): Violation {
  const message = `${present} needs ${absent} beside it: give both, or neither for a spoke without a gateway.`;
  return { pointer: `/application/${absent}`, code: "gateway-incomplete", message };
}
