import { type HostRequest, HttpError } from "../http/http-message.ts";

/** The body of a request, which must be JSON or empty, as compact text. @throws HttpError 400 */
export async function readJsonBody(request: HostRequest): Promise<string> {
  const text = (await request.body()).toString("utf8");
  if (text.trim() === "") {
    return "";
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new HttpError(400, "Invalid JSON content");
  }
}
