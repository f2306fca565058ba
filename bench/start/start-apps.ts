import { writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleInto } from "../../build/build-app.ts";
import { packageApp } from "../../build/package-app.ts";
import { unpack } from "../../build/unpack.ts";

/** An app to start, by what the table calls it. */
export interface StartApp {
  readonly name: string;
  readonly folder: string;
}

/**
 * The apps whose starts are compared, the deployment package last; all in `folder`, but for what was named.
 * @param others folders of other unpacked packages, of another version say
 */
export async function startApps(folder: string, others: readonly string[]): Promise<readonly StartApp[]> {
  const libraries = join(folder, "libraries");
  await bundleInto(libraries, fileURLToPath(new URL("libraries-alone.ts", import.meta.url)));
  writeFileSync(join(libraries, "package.json"), JSON.stringify({ type: "module", main: "index.js" }));
  const made = { configurationFile: null, folder: join(folder, "made"), zipFile: join(folder, "app.zip") };
  const archive = await packageApp({ ...made, onProgress: (line) => console.log(line) });
  console.log(`The package: ${(archive / 1e6).toFixed(2)} MB`);
  return [
    { name: "the libraries alone", folder: libraries },
    ...others.map((other) => ({ name: basename(other), folder: resolve(process.env.INIT_CWD ?? ".", other) })),
    { name: "the package", folder: unpack(made.zipFile, join(folder, "unpacked")) },
  ];
}
