import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { neededLibraries } from "../../../build/package-contents.ts";

test(".funcignore ships exactly the libraries that the bundle leaves to node_modules", () => {
  const shipped = readFileSync(new URL("../../../.funcignore", import.meta.url), "utf8")
    .split("\n")
    .flatMap((line) => /^!\/node_modules\/((?:@[^/]+\/)?[^/@]+)$/.exec(line)?.[1] ?? []);
  const needed = neededLibraries().flatMap((key) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(key)?.[1] ?? []);
  expect(shipped).toEqual([...new Set(needed)].sort());
});
