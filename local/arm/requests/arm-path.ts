import { ArmError } from "../arm-error.ts";

/**
 * Makes the raw path of a call plain: slashes collapsed (clients send `//subscriptions/…` for scopes with a leading
 * slash), percent-encoding decoded segment by segment, `.` and `..` refused.
 *
 * @throws ArmError 400 for a path that cannot be decoded, climbs, or hides a slash or a control character
 */
export function plainPath(rawPath: string): readonly string[] {
  const segments = rawPath.split("/").filter((segment) => segment !== "");
  return segments.map((segment) => {
    const decoded = decode(segment);
    if (decoded === "." || decoded === ".." || decoded.includes("/") || hasControlCharacter(decoded)) {
      throw invalidPath(rawPath);
    }
    return decoded;
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidPath(segment);
  }
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\u007f");
}

function invalidPath(path: string): ArmError {
  return new ArmError(400, "InvalidRequestUri", `The request URI path '${path}' is invalid.`);
}
