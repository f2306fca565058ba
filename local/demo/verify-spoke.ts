import type { AzureAccess } from "../stack/azure-access.ts";
import type { ExpectedResource } from "./expected-resources.ts";

/** What stands and what does not, after every expected resource was read from local Azure itself. */
export interface Verification {
  /** Resources that stand exactly as expected, of `expected` ones. */
  readonly standing: number;
  readonly expected: number;
  readonly missing: readonly string[];
}

/** Reads each expected resource through ARM, as the platform's owner: what the app claims counts for nothing here. */
export async function verifySpoke(azure: AzureAccess, expected: readonly ExpectedResource[]): Promise<Verification> {
  const problems = await Promise.all(
    expected.map(async ({ what, id, apiVersion, problems }) => {
      const body = await azure.read(id, apiVersion);
      return body === null ? [`${what} does not stand`] : problems(body).map((problem) => `${what}: ${problem}`);
    }),
  );
  const missing = problems.flat();
  return { standing: problems.filter((list) => list.length === 0).length, expected: expected.length, missing };
}
