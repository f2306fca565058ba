import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

/**
 * The folder in which every local Azure of this run keeps what was asked of it (`KeptRecords`), for `test/afterwards`.
 * RECORDS_OF_ALL_TESTS says whether all tests run: a part of them proves nothing about what no test does.
 */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Called once for each project of the run.
  if (process.env.LOCAL_AZURE_RECORDS_DIR) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "azure-records-"));
  process.env.LOCAL_AZURE_RECORDS_DIR = folder;
  const { filenamePattern, config } = project.vitest as {
    filenamePattern?: string[];
    config: { testNamePattern?: RegExp; project?: string[]; shard?: object };
  };
  const isPart =
    (filenamePattern?.length ?? 0) > 0 ||
    (config.project?.length ?? 0) > 0 ||
    config.testNamePattern !== undefined ||
    config.shard !== undefined;
  process.env.RECORDS_OF_ALL_TESTS = isPart ? "no" : "yes";
  return () => rm(folder, { recursive: true, force: true });
}
