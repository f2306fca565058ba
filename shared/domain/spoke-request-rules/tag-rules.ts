import { jsonPointer } from "../json-pointer.ts";
import { spokeTag } from "../spoke-tag.ts";
import type { Violation } from "../violation.ts";
import { fieldOf } from "../well-formed-parts.ts";
import type { RequestParts } from "./request-parts.ts";

// Azure Resource Manager, "Use tags to organize your Azure resources", section Limitations: 50 tags, names of 512
// characters without <>%&\?/; names are compared without regard to case, and three prefixes are Azure's own.
const maximumTags = 50;
const maximumNameLength = 512;
const forbiddenInName = /[<>%&\\?/\p{Cc}\p{Cs}]/u;
const reservedPrefixes: readonly string[] = ["microsoft", "azure", "windows"];

/** Azure's limits of tags, less the tag of the tool's own. */
export function* tagRules({ document }: RequestParts): Generator<Violation> {
  const tags = fieldOf(document, "tags");
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return;
  const names = Object.keys(tags);
  if (names.length > maximumTags - 1) {
    const message = `Takes at most ${maximumTags - 1} tags: Azure allows ${maximumTags}, and one is the tool's own.`;
    yield { pointer: "/tags", code: "too-many", message };
  }
  const seen = new Set<string>();
  for (const name of names) {
    const pointer = jsonPointer(["tags", name]);
    const key = name.toLowerCase();
    for (const rule of nameViolations(name, key)) yield { pointer, ...rule };
    if (seen.has(key)) {
      yield { pointer, code: "duplicate-tag", message: "Another tag has this name but for upper and lower case." };
    }
    seen.add(key);
  }
}

function* nameViolations(name: string, key: string): Generator<Omit<Violation, "pointer">> {
  if (name === "" || name.length > maximumNameLength) {
    yield { code: "tag-name-length", message: `Names of tags have 1 to ${maximumNameLength} characters.` };
  }
  // JavaScript keeps no plain field of this name, so the tag could not be passed on.
  if (forbiddenInName.test(name) || name === "__proto__") {
    yield {
      code: "tag-name-characters",
      message: "Names of tags hold none of < > % & \\ ? / and no control characters.",
    };
  }
  if (key === spokeTag || reservedPrefixes.some((prefix) => key.startsWith(prefix))) {
    yield {
      code: "reserved-tag",
      message: `${spokeTag} and names that begin with ${reservedPrefixes.join(", ")} are reserved.`,
    };
  }
}
