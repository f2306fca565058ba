import type { Database } from "../store/database.ts";
import { PersistentMap } from "../store/persistent-map.ts";

/** A service that Azure has switched off, and that local Azure can play all the same. */
export type RetiredService = "adaptiveNetworkHardening";

/** Which retired services answer; at first none. */
export class RetiredServices {
  readonly #answering: PersistentMap<boolean>;

  constructor(database: Database) {
    this.#answering = new PersistentMap(database, "retired_services");
  }

  answers(service: RetiredService): boolean {
    return this.#answering.get(service) ?? false;
  }

  set(service: RetiredService, answers: boolean): void {
    this.#answering.set(service, answers);
  }

  clear(): void {
    this.#answering.clear();
  }
}
