/** Entity tags of a list, RFC 9110 §8.8.3: a quoted text in which commas may stand, weak ones with W/ before it. */
const entityTags = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/**
 * Whether If-Match lets a change of what has this ETag pass: without the header, for `*`, and where the list names the
 * ETag. The comparison is strong, so a weak tag matches nothing (RFC 9110 §13.1.1).
 */
export function ifMatchHolds(header: string | null, etag: string): boolean {
  if (header === null || header.trim() === "*") return true;
  return [...header.matchAll(entityTags)].some(([, weak, tag]) => weak === undefined && `"${tag}"` === etag);
}
