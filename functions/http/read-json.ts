import type { HttpRequest } from "@azure/functions";
import { Problem, problemAt } from "./problem.ts";

const bodyLimit = 256 * 1024;

/**
 * The body of a request as JSON.
 * @throws Problem 413 over 256 KiB, 400 where it is no JSON text in UTF-8 (RFC 8259).
 */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  const bytes = announced > bodyLimit ? null : await request.arrayBuffer();
  if (bytes === null || bytes.byteLength > bodyLimit) {
    throw problemAt(413, "The body is larger than 256 KiB.", "", "BodyTooLarge", "Send at most 262,144 bytes.");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, "The body is not UTF-8.", [
      { pointer: "", code: "NotUtf8", message: "Send JSON in UTF-8." },
    ]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "The body is not JSON.", [
      { pointer: "", code: "NotJson", message: "Send one JSON object." },
    ]);
  }
}
