import type { PlatformConfiguration } from "./platform-configuration.ts";
import { type ConfigurationParts, configurationParts } from "./platform-configuration-rules/configuration-parts.ts";
import { listRules } from "./platform-configuration-rules/list-rules.ts";
import { locationRules } from "./platform-configuration-rules/location-rules.ts";
import { prefixRules } from "./platform-configuration-rules/prefix-rules.ts";
import { platformConfigurationSchema } from "./platform-configuration-schema.ts";
import { shapeViolations } from "./shape-violations.ts";
import type { Parsed, Violation } from "./violation.ts";
import { violationList } from "./violation-list.ts";

const rules: readonly ((parts: ConfigurationParts) => Iterable<Violation>)[] = [listRules, locationRules, prefixRules];

const publicKeyVaultSuffix = "vault.azure.net";

/**
 * Parses the platform configuration. Answers it with every GUID in lower case and the public
 * cloud for the one that it is in, or every violation (at most 1,000),
 * each with the JSON pointer of the field that it is about; never throws on JSON values.
 */
export function parsePlatformConfiguration(input: unknown): Parsed<PlatformConfiguration> {
  const shape = platformConfigurationSchema.safeParse(input);
  const violations = violationList(allViolations(input, shape.error));
  if (!shape.success || violations.length > 0) return { ok: false, violations };
  return { ok: true, value: { ...shape.data, keyVaultSuffix: publicKeyVaultSuffix } };
}

function* allViolations(
  input: unknown,
  error: Parameters<typeof shapeViolations>[0] | undefined,
): Generator<Violation> {
  if (error !== undefined) yield* shapeViolations(error, input);
  const parts = configurationParts(input);
  for (const rule of rules) yield* rule(parts);
}
