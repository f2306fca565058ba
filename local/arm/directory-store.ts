import type { Directory, Principal } from "./directory.ts";
import type { Database } from "./store/database.ts";
import { PersistentMap } from "./store/persistent-map.ts";

/** The tenant's principals, kept in the store. */
export class DirectoryStore implements Directory {
  readonly #principals: PersistentMap<Principal>;
  /** Milliseconds since 1970 from which on a principal is known everywhere; absent for those that always were. */
  readonly #replicatedAt: PersistentMap<number>;
  readonly #speed: number;

  /** @param speed how many times faster than Azure; 0 = at once */
  constructor(database: Database, speed: number) {
    this.#principals = new PersistentMap(database, "principals");
    this.#replicatedAt = new PersistentMap(database, "principalReplication");
    this.#speed = speed;
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

  put(principal: Principal, replicatedAfterSeconds = 0): void {
    const key = principal.id.toLowerCase();
    this.#principals.set(key, principal);
    if (replicatedAfterSeconds === 0 || this.#speed === 0) return;
    this.#replicatedAt.set(key, Date.now() + (replicatedAfterSeconds * 1000) / this.#speed);
  }

  isReplicated(principalId: string): boolean {
    return (this.#replicatedAt.get(principalId.toLowerCase()) ?? 0) <= Date.now();
  }

  remove(principalId: string): void {
    this.#principals.delete(principalId.toLowerCase());
    this.#replicatedAt.delete(principalId.toLowerCase());
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
    this.#replicatedAt.clear();
  }
}
