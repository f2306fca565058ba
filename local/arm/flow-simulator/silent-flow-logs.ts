import type { Engine } from "../engine/engine.ts";
import { networkTypes } from "../network/back-references.ts";
import { idKey } from "../resource-id.ts";
import { PersistentMap } from "../store/persistent-map.ts";

/**
 * Flow logs that stand enabled and write nothing, as after a rotation of the account's key. Writing the flow log again
 * ends it, as it does in Azure.
 */
export class SilentFlowLogs {
  readonly #silent: PersistentMap<true>;

  constructor(engine: Engine) {
    this.#silent = new PersistentMap(engine.database, "silentFlowLogs");
    engine.changes.listen(({ outcome, resourceId, action }) => {
      if (outcome === "Success" && action.startsWith(`${networkTypes.flowLog}/`))
        this.#silent.delete(idKey(resourceId));
    });
  }

  has(id: string): boolean {
    return this.#silent.has(idKey(id));
  }

  add(id: string): void {
    this.#silent.set(idKey(id), true);
  }

  delete(id: string): void {
    this.#silent.delete(idKey(id));
  }

  clear(): void {
    this.#silent.clear();
  }
}
