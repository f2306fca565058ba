import type { SecurityGroupMeaning } from "../../shared/rules/meaning/meaning-rule.ts";
import { parseSecurityGroup } from "../../shared/rules/meaning/parse-security-group.ts";
import { unreadable } from "../../shared/rules/meaning/unreadable.ts";

/** The NSGs of a question: a list in `nsgs`, or one in `nsg`. Throws RefusedError. */
export function groupsOf({ nsgs, nsg }: Readonly<Record<string, unknown>>): SecurityGroupMeaning[] {
  const given = nsg === undefined ? nsgs : [nsg];
  if (!Array.isArray(given) || given.length === 0)
    throw unreadable("nsgs", "is no list of NSGs in the order of the way");
  return given.map((group, index) => parseSecurityGroup(group, `NSG ${index + 1}`));
}
