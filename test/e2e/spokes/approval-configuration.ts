import { readFileSync } from "node:fs";

const sample = new URL("../../../platform-configuration.sample.json", import.meta.url);

/** The sample's platform, on which every request has to be approved within this time (ISO 8601). */
export function approvalConfiguration(expiresAfter: string): string {
  const configuration = JSON.parse(readFileSync(sample, "utf8")) as Record<string, unknown>;
  return JSON.stringify({ ...configuration, approval: { required: true, expiresAfter } });
}
