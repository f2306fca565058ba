import { TransientError } from "../domain/errors.ts";
import type { AzureClients } from "./clients.ts";

const pollInterval = 1_000;
const finalStates = /^(succeeded|failed|canceled)$/i;

/**
 * What stands once no operation is at work on it: a resource that is still Updating, Creating or Deleting (an app that
 * was killed leaves its last PUT behind) is looked at every second, in Azure's own time.
 * @throws TransientError (StillUpdating) where patience ends first
 */
export async function settled<N extends { readonly provisioningState?: string }>(
  clients: AzureClients,
  resourceId: string,
  read: () => Promise<N | null>,
): Promise<N | null> {
  const deadline = clients.now() + clients.patience;
  for (;;) {
    const native = await clients.attempt(resourceId, read);
    const state = native?.provisioningState;
    if (native === null || state === undefined || finalStates.test(state)) return native;
    if (clients.now() + pollInterval > deadline) throw stillUpdating(resourceId, state);
    await clients.sleep(pollInterval);
  }
}

function stillUpdating(resourceId: string, state: string): TransientError {
  return new TransientError({
    code: "StillUpdating",
    message: `Another operation is at work on the resource (${state}) and has not ended in time.`,
    resourceId,
    remedy: "Nothing needs to be changed: run again, and the work continues where it stopped.",
  });
}
