import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    globalSetup: "test/records-folder.ts",
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "test/afterwards/**"],
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
