import { anyPrefixContains } from "../address-prefix.ts";
import { jsonPointer } from "../json-pointer.ts";
import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import { duplicateRules } from "./duplicate-rules.ts";
import { prefixFormViolation } from "./prefix-form.ts";
import type { RequestParts } from "./request-parts.ts";

const remoteAccessPorts: readonly number[] = [22, 3389];
/** Spellings by which security rules mean everybody. */
const everybody: readonly string[] = ["*", "any", "internet", "0.0.0.0/0", "0.0.0.0", "::/0"];

/** Management traffic comes from the platform's management prefixes; SSH and RDP from its bastions alone. */
export function* managementAccessRules(
  parts: RequestParts,
  configuration: PlatformConfiguration,
): Generator<Violation> {
  const { managementPrefixes, bastionPrefixes } = configuration;
  for (const [index, { from, port }] of parts.managementAccess.entries()) {
    if (from === undefined) continue;
    const pointer = jsonPointer(["managementAccess", index, "from"]);
    if (everybody.includes(from.toLowerCase())) {
      yield { pointer, code: "management-from-internet", message: "Management traffic never comes from everywhere." };
      continue;
    }
    const form = prefixFormViolation(pointer, from);
    if (form !== null) {
      yield form;
      continue;
    }
    if (!anyPrefixContains(managementPrefixes, from)) {
      const message = `Must lie inside the platform's management prefixes: ${managementPrefixes.join(", ")}.`;
      yield { pointer, code: "not-a-management-prefix", message };
    }
    if (port !== undefined && remoteAccessPorts.includes(port) && !anyPrefixContains(bastionPrefixes, from)) {
      const message = `Port ${port} is open to the platform's bastions only: ${bastionPrefixes.join(", ")}.`;
      yield { pointer, code: "remote-access-not-from-bastion", message };
    }
  }
  yield* duplicateRules(
    "managementAccess",
    parts.managementAccess.map(({ from, to, port, protocol }) => ({ tiers: to, peer: from, port, protocol })),
  );
}
