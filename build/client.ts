import { writeFileSync } from "node:fs";
import { clientTypes } from "./client-types.ts";

const file = new URL("../client/zero-trust-spokes.d.ts", import.meta.url);
writeFileSync(file, await clientTypes());
console.log("client/zero-trust-spokes.d.ts is written.");
