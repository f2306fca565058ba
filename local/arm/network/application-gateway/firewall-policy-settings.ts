import type { JsonObject } from "../../json.ts";
import { flagOf, integerOf, objectOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { outOfRange } from "./gateway-errors.ts";

const path = "properties.policySettings";

/**
 * Reads what a web application firewall policy does with what it finds, and how much of a request it looks at. Left to its
 * defaults, a policy is off. Source: "Web Application Firewall request and file upload size limits".
 */
export function readPolicySettings(value: unknown, policyId: string): JsonObject {
  const given = objectOf(value, path);
  requireKnownMembers(given, path, {
    modelled: [
      "state",
      "mode",
      "requestBodyCheck",
      "requestBodyInspectLimitInKB",
      "requestBodyEnforcement",
      "maxRequestBodySizeInKb",
      "fileUploadEnforcement",
      "fileUploadLimitInMb",
    ],
    unmodelled: [
      "customBlockResponseStatusCode",
      "customBlockResponseBody",
      "logScrubbing",
      "jsChallengeCookieExpirationInMins",
      "captchaExpirationInMins",
    ],
  });
  const flag = (member: string) => flagOf(given[member], `${path}.${member}`, true);
  const limit = (member: string, first: number, last: number, fallback: number) => {
    const size = integerOf(given[member], `${path}.${member}`, fallback);
    if (size >= first && size <= last) return size;
    throw outOfRange("WebApplicationFirewallPolicyInvalidLimit", `Setting ${member} of ${policyId}`, size, first, last);
  };
  return {
    state: wordOf(given.state, `${path}.state`, ["Enabled", "Disabled"], "Disabled"),
    mode: wordOf(given.mode, `${path}.mode`, ["Prevention", "Detection"], "Detection"),
    requestBodyCheck: flag("requestBodyCheck"),
    requestBodyInspectLimitInKB: limit("requestBodyInspectLimitInKB", 0, 2000, 128),
    requestBodyEnforcement: flag("requestBodyEnforcement"),
    maxRequestBodySizeInKb: limit("maxRequestBodySizeInKb", 8, 2000, 128),
    fileUploadEnforcement: flag("fileUploadEnforcement"),
    fileUploadLimitInMb: limit("fileUploadLimitInMb", 1, 4000, 100),
  };
}
