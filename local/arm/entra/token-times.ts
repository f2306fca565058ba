/** How long tokens are good for; changed through the control plane. */
export interface TokenTimes {
  /** Seconds that a token is good for. */
  lifetimeSeconds: number;
  /** Seconds by which the clocks of Azure's services are ahead of those of who holds a token. */
  servicesAheadSeconds: number;
}

const day = 86_400;

export function usualTokenTimes(): TokenTimes {
  return { lifetimeSeconds: day, servicesAheadSeconds: 0 };
}
