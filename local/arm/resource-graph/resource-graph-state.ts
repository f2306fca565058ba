import { RecentResults } from "./recent-results.ts";
import { StoreHistory } from "./store-history.ts";
import { UserQuota } from "./user-quota.ts";

/** What Resource Graph remembers between two queries. */
export class ResourceGraphState {
  readonly quota: UserQuota;
  readonly results = new RecentResults();
  readonly history = new StoreHistory();

  /** @param speed LOCAL_AZURE_SPEED */
  constructor(speed: number) {
    this.quota = new UserQuota(speed);
  }

  clear(): void {
    this.quota.clear();
    this.results.clear();
    this.history.clear();
  }
}
