import type { RecordedRequest } from "../stack/azure-access.ts";

/** POST calls that only read: Resource Graph queries, Microsoft Graph look-ups, tokens, and ARM's list actions. */
const readingPosts = [
  /\/providers\/microsoft\.resourcegraph\/resources(\?|$)/i,
  /\/(getbyids|checkmemberobjects|checkmembergroups|getmembergroups|getmemberobjects|\$batch)(\?|$)/i,
  /\/oauth2\/(v2\.0\/)?token(\?|$)/i,
  /\/(effectivenetworksecuritygroups|effectiveroutetable|ipflowverify|nexthop|queryflowlogstatus|getpoolusage|list[a-z]*)(\?|$)/i,
];

/** The calls that meant to change something in Azure: PUT, PATCH, DELETE, and POST but those that only read. */
export function writeRequests(requests: readonly RecordedRequest[]): RecordedRequest[] {
  return requests.filter(({ method, url }) => {
    const verb = method.toUpperCase();
    if (verb === "POST") return !readingPosts.some((pattern) => pattern.test(url));
    return verb === "PUT" || verb === "PATCH" || verb === "DELETE";
  });
}
