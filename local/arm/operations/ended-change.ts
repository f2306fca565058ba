import type { TokenClaims } from "../entra/token-claims.ts";

/** The call that a change goes back to. */
export interface CallOrigin {
  /** `x-ms-correlation-request-id` of call and answer. */
  readonly correlationId: string;
  /** `x-ms-client-request-id`; empty where the caller gave none. */
  readonly clientRequestId: string;
  readonly clientIpAddress: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Everything in the caller's token. */
  readonly claims: TokenClaims;
}

/** A write, deletion or action that has ended, well or not. */
export interface EndedChange {
  readonly kind: "Write" | "Delete" | "Action";
  readonly outcome: "Success" | "Failure" | "Cancel";
  readonly resourceId: string;
  /** The Azure RBAC action, such as `Microsoft.Network/networkSecurityGroups/securityRules/write`. */
  readonly action: string;
  readonly principalId: string;
  /** True where the call itself named the resource and it stood before. */
  readonly known: boolean;
  /** Undefined for what no call asked for, such as the seed's own writes. */
  readonly origin: CallOrigin | undefined;
}

/** Who wants to hear of ended changes; told inside the transaction that stores the end. */
export class EndedChanges {
  readonly #listeners: ((change: EndedChange) => void)[] = [];

  listen(listener: (change: EndedChange) => void): void {
    this.#listeners.push(listener);
  }

  tell(change: EndedChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
