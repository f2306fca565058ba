import type { Directory, Principal } from "./directory.ts";
import type { Database } from "./store/database.ts";
import { PersistentMap } from "./store/persistent-map.ts";

/** The tenant's principals, kept in the store. */
export class DirectoryStore implements Directory {
  readonly #principals: PersistentMap<Principal>;

  constructor(database: Database) {
    this.#principals = new PersistentMap(database, "principals");
  }

  find(principalId: string): Principal | undefined {
    return this.#principals.get(principalId.toLowerCase());
  }

  findByClientId(clientId: string): Principal | undefined {
    const wanted = clientId.toLowerCase();
    return this.all().find((principal) => principal.clientId?.toLowerCase() === wanted);
  }

  all(): readonly Principal[] {
    return [...this.#principals.values()];
  }

  put(principal: Principal): void {
    this.#principals.set(principal.id.toLowerCase(), principal);
  }

  remove(principalId: string): void {
    this.#principals.delete(principalId.toLowerCase());
  }

  groupsOf(principalId: string): readonly string[] {
    const groups = this.all().filter((principal) => principal.principalType === "Group");
    const found = new Set<string>();
    const queue = [principalId.toLowerCase()];
    for (let member = queue.pop(); member !== undefined; member = queue.pop()) {
      for (const group of groups) {
        if (found.has(group.id) || !group.members?.some((each) => each.toLowerCase() === member)) continue;
        found.add(group.id);
        queue.push(group.id.toLowerCase());
      }
    }
    return [...found];
  }

  clear(): void {
    this.#principals.clear();
  }
}
