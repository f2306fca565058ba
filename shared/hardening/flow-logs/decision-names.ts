import { NameTable } from "./name-table.ts";

/** Who decided on flows, by number: an ACL (a network security group) and one of its rules. */
export class DecisionNames {
  readonly names = new NameTable();
  private readonly groups = new Map<number, number>();
  private readonly pairs: (readonly [acl: number, rule: number])[] = [];

  groupOf(acl: number, rule: number): number {
    const key = acl * 2 ** 20 + rule;
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    this.groups.set(key, this.pairs.length);
    return this.pairs.push([acl, rule]) - 1;
  }

  aclOf(group: number): string {
    return this.names.nameOf(this.pairs[group]?.[0] ?? -1);
  }

  ruleOf(group: number): string {
    return this.names.nameOf(this.pairs[group]?.[1] ?? -1);
  }
}
