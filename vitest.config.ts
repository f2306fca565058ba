import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    // More than the two cores of CI: end-to-end tests wait more than they work.
    maxWorkers: 3,
    globalSetup: "test/records-folder.ts",
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "test/afterwards/**", "test/unit/**", "test/property/**"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "pure",
          include: ["test/{unit,property}/**/*.test.ts"],
          // Nothing of them outlives a file, so that one process serves many: a third of their time.
          isolate: false,
          unstubGlobals: true,
          unstubEnvs: true,
          restoreMocks: true,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Judges what all the others asked of local Azure; runs when they have ended.
        extends: true,
        test: { name: "afterwards", include: ["test/afterwards/**/*.test.ts"], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
