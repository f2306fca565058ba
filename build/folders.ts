import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectFolder = fileURLToPath(new URL("..", import.meta.url));
/** Whatever is built lies in here; nothing of it is committed. */
export const distFolder = join(projectFolder, "dist");
/** Where the app's bundle stands; package.json names its index.js as "main". */
export const bundleFolder = join(distFolder, "functions");
export const entryFile = join(bundleFolder, "index.js");
