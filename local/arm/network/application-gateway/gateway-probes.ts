import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { defined, flagOf, objectOf, stringsOf, textOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember } from "./gateway-errors.ts";
import { type GatewayPart, type GivenPart, integerBetween, readParts } from "./gateway-part.ts";
import { shownMembersOf } from "./part-references.ts";

/** A day: the longest interval and timeout in seconds. */
const DAY = 86_400;

/** Reads the health probes; each needs a host, its own or that of the settings which use it. */
export function readProbes(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "probes", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: [
        "protocol",
        "host",
        "path",
        "interval",
        "timeout",
        "unhealthyThreshold",
        "pickHostNameFromBackendHttpSettings",
        "minServers",
        "match",
        "port",
      ],
      readOnly: shownMembersOf("probes"),
      unmodelled: ["pickHostNameFromBackendSettings", "enableProbeProxyProtocolHeader"],
    });
    const { given, path } = part;
    const requestPath = textOf(given.path, `${path}.path`);
    if (requestPath === undefined) throw missingMember("path", part.id);
    if (!requestPath.startsWith("/")) {
      throw badRequest(
        "ApplicationGatewayProbeInvalidPath",
        `Path ${requestPath} of probe ${part.id} must start with '/'.`,
      );
    }
    const interval = integerBetween(part, "interval", 1, DAY, 30);
    const timeout = integerBetween(part, "timeout", 1, DAY, 30);
    return defined({
      protocol: wordOf(given.protocol, `${path}.protocol`, ["Http", "Https"]),
      ...readHost(part),
      path: requestPath,
      port: given.port === undefined || given.port === null ? undefined : integerBetween(part, "port", 1, 65_535, 0),
      interval,
      timeout,
      unhealthyThreshold: integerBetween(part, "unhealthyThreshold", 1, 20, 3),
      minServers: integerBetween(part, "minServers", 0, 1200, 0),
      match: readMatch(part),
    });
  });
}

function readHost(part: GivenPart): JsonObject {
  const host = textOf(part.given.host, `${part.path}.host`);
  const path = `${part.path}.pickHostNameFromBackendHttpSettings`;
  const picked = flagOf(part.given.pickHostNameFromBackendHttpSettings, path, false);
  if (picked === (host !== undefined)) {
    throw badRequest(
      "ApplicationGatewayProbeHostInvalid",
      `Probe ${part.id} must have either a host or pickHostNameFromBackendHttpSettings.`,
    );
  }
  return defined({ host, pickHostNameFromBackendHttpSettings: picked });
}

function readMatch(part: GivenPart): JsonObject | undefined {
  if (part.given.match === undefined || part.given.match === null) return undefined;
  const path = `${part.path}.match`;
  const match = objectOf(part.given.match, path);
  requireKnownMembers(match, path, { modelled: ["body", "statusCodes"] });
  const statusCodes = stringsOf(match.statusCodes, `${path}.statusCodes`);
  const wrong = statusCodes.find((codes) => !/^[1-5]\d\d(?:-[1-5]\d\d)?$/.test(codes));
  if (wrong !== undefined) {
    throw badRequest(
      "ApplicationGatewayProbeInvalidStatusCode",
      `Probe ${part.id} has the invalid status codes ${wrong}.`,
    );
  }
  return defined({ body: textOf(match.body, `${path}.body`), statusCodes });
}
