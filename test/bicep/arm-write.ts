import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, type JsonObject } from "../../local/arm/json.ts";

/** A PUT that local Azure accepted (`KeptRecords`). */
export interface ArmWrite {
  readonly caller: string | null;
  readonly path: string;
  readonly apiVersion: string;
  readonly body: JsonObject;
}

/**
 * The PUTs kept in `folder`; none where it does not exist.
 * @throws TypeError where one had no JSON object for a body
 */
export async function readWrites(folder: string): Promise<readonly ArmWrite[]> {
  const files = await readdir(folder).catch(() => []);
  const texts = files
    .filter((file) => /^writes-.*\.ndjson$/.test(file))
    .map((file) => readFile(join(folder, file), "utf8"));
  const lines = (await Promise.all(texts)).flatMap((text) => text.split("\n").filter((line) => line !== ""));
  return lines.map((line) => {
    const write = JSON.parse(line) as Omit<ArmWrite, "body"> & { readonly body: unknown };
    if (!isJsonObject(write.body)) throw new TypeError(`The body of PUT ${write.path} is no JSON object`);
    return { ...write, body: write.body };
  });
}
