import { RefusedError } from "../domain/errors.ts";

/** A resource of others of which the tool is one member is never deleted: a write with `retired` leaves it. */
export async function refuseRemoval(id: string): Promise<never> {
  throw new RefusedError({
    code: "ResourceOfOthers",
    message: "The resource belongs to others too; only this spoke's part of it may be taken out.",
    resourceId: id,
    remedy: "Withdraw the membership by a write that names the members to retire.",
  });
}
