import type { Database } from "../store/database.ts";
import { PersistentMap } from "../store/persistent-map.ts";

/** A subscription of the tenant. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** Namespaces that are registered, in Azure's casing. */
  readonly registered: readonly string[];
}

/** The subscriptions of the tenant, in the order of the seed. */
export class SubscriptionStore {
  readonly #subscriptions: PersistentMap<Subscription & { readonly order: number }>;

  constructor(database: Database) {
    this.#subscriptions = new PersistentMap(database, "subscriptions");
  }

  get(subscriptionId: string): Subscription | undefined {
    return this.#subscriptions.get(subscriptionId.toLowerCase());
  }

  all(): readonly Subscription[] {
    return [...this.#subscriptions.values()].sort((a, b) => a.order - b.order);
  }

  add(subscription: Subscription): void {
    const key = subscription.subscriptionId.toLowerCase();
    this.#subscriptions.set(key, { ...subscription, order: this.#subscriptions.size });
  }

  isRegistered(subscriptionId: string, namespace: string): boolean {
    const wanted = namespace.toLowerCase();
    return this.get(subscriptionId)?.registered.some((each) => each.toLowerCase() === wanted) ?? false;
  }

  /** Sets or takes away the registration of a namespace. */
  setRegistered(subscriptionId: string, namespace: string, registered: boolean): void {
    const key = subscriptionId.toLowerCase();
    const subscription = this.#subscriptions.get(key);
    if (subscription === undefined) return;
    const others = subscription.registered.filter((each) => each.toLowerCase() !== namespace.toLowerCase());
    this.#subscriptions.set(key, { ...subscription, registered: registered ? [...others, namespace] : others });
  }

  clear(): void {
    this.#subscriptions.clear();
  }
}
