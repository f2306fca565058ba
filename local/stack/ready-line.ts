import { z } from "zod";

/** Reads the one JSON line with which a process of the stack says that it is ready; null for every other line. */
export function readReadyLine<T>(schema: z.ZodType<T>): (line: string) => T | null {
  return (line) => {
    if (!line.startsWith("{")) return null;
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      return null;
    }
    if (typeof parsed !== "object" || parsed === null || !("ready" in parsed) || parsed.ready !== true) return null;
    return schema.parse(parsed);
  };
}

/** What local Azure says when it serves: its address, CA and managed-identity endpoint. */
export const localAzureReady = z.object({
  url: z.url(),
  pid: z.int(),
  caFile: z.string(),
  identityEndpoint: z.url(),
  identityHeader: z.string(),
});
export type LocalAzureReady = z.infer<typeof localAzureReady>;

/** What the Functions host says when all functions are registered and it listens. */
export const functionsHostReady = z.object({ url: z.url(), pid: z.int() });
export type FunctionsHostReady = z.infer<typeof functionsHostReady>;
