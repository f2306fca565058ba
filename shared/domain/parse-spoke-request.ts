import type * as z from "zod";
import type { PlatformConfiguration } from "./platform-configuration.ts";
import { shapeViolations } from "./shape-violations.ts";
import type { SpokeRequest } from "./spoke-request.ts";
import { addressPrefixRules } from "./spoke-request-rules/address-prefix-rules.ts";
import { certificateVaultRules } from "./spoke-request-rules/certificate-vault-rules.ts";
import { flowRules } from "./spoke-request-rules/flow-rules.ts";
import { gatewayRules } from "./spoke-request-rules/gateway-rules.ts";
import { managementAccessRules } from "./spoke-request-rules/management-access-rules.ts";
import { nameRules } from "./spoke-request-rules/name-rules.ts";
import { outboundAccessRules } from "./spoke-request-rules/outbound-access-rules.ts";
import { placementRules } from "./spoke-request-rules/placement-rules.ts";
import {
  defaultTopology,
  type Placement,
  type RequestParts,
  requestParts,
} from "./spoke-request-rules/request-parts.ts";
import { sizeRules } from "./spoke-request-rules/size-rules.ts";
import { tagRules } from "./spoke-request-rules/tag-rules.ts";
import { tierReferenceRules } from "./spoke-request-rules/tier-reference-rules.ts";
import { spokeRequestSchema } from "./spoke-request-schema.ts";
import type { Parsed, Violation } from "./violation.ts";
import { violationList } from "./violation-list.ts";
import { withListsCut } from "./well-formed-parts.ts";

type Rule = (parts: RequestParts, configuration: PlatformConfiguration) => Iterable<Violation>;

const rules: readonly Rule[] = [
  nameRules,
  placementRules,
  addressPrefixRules,
  gatewayRules,
  certificateVaultRules,
  tierReferenceRules,
  flowRules,
  managementAccessRules,
  outboundAccessRules,
  tagRules,
];

/**
 * Parses the body of a request for a spoke. Answers the request with every default filled in and every GUID in lower
 * case, or every violation (at most 1,000), each with the JSON pointer of the field that it is about; never throws
 * on JSON values. That a prefix overlaps another network or a group is unknown is not decided here.
 * @param standing placement of the spoke of this name, where one stands: its topology is the default
 */
export function parseSpokeRequest(
  input: unknown,
  configuration: PlatformConfiguration,
  standing: Placement | null = null,
): Parsed<SpokeRequest> {
  const document = withListsCut(input);
  const shape = spokeRequestSchema.safeParse(document);
  const parts = requestParts(document, configuration, standing);
  const violations = violationList(allViolations(shape.error, parts, configuration));
  if (!shape.success || violations.length > 0) return { ok: false, violations };
  const { name, subscriptionId, location, topology: asked, ...rest } = shape.data;
  const topology = asked ?? defaultTopology(configuration, location, standing);
  return { ok: true, value: { name, subscriptionId, location, topology, ...rest } };
}

function* allViolations(
  error: z.ZodError | undefined,
  parts: RequestParts,
  configuration: PlatformConfiguration,
): Generator<Violation> {
  // First, so that what a list's elements break cannot crowd out that it is too long.
  yield* sizeRules(parts);
  if (error !== undefined) yield* shapeViolations(error, parts.document);
  for (const rule of rules) yield* rule(parts, configuration);
}
