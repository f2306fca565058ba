import * as z from "zod";

/** A text with its meaning. */
export const text = (description: string) => z.string().describe(description);

/** A text that there may not be. */
export const textOrNull = (description: string) => z.string().nullable().describe(description);

/** Texts with their meaning. */
export const texts = (description: string) => z.array(z.string()).describe(description);

/** Any JSON value with its meaning. */
export const anything = (description: string) => z.unknown().describe(description);

/** A moment that there always is. */
export const moment = (description: string) => z.iso.datetime().describe(`${description} ISO 8601 in UTC.`);

/** A moment that may not have come yet. */
export const momentOrNull = (description: string) =>
  z.iso.datetime().nullable().describe(`${description} ISO 8601 in UTC; null where that has not been.`);

/** ARM id of a resource. */
export const resourceId = (description: string) => text(`${description} ARM id.`);

/** ARM id of a resource that there may not be. */
export const resourceIdOrNull = (description: string) => textOrNull(`${description} ARM id.`);

export const stepNumber = z.int().min(1).max(7).describe("Step of the guidance.");

export const stepNumbers = z.array(stepNumber).describe("Steps of the guidance that the resource serves.");

export const changeAction = z
  .enum(["create", "update", "delete", "none"])
  .describe("What has to happen to the resource; none: it stands as it shall.");

const somebody = z.object({
  objectId: text("Object id in Microsoft Entra."),
  name: text("Name for people; the object id where the token tells none."),
});

/** Somebody, by the part that they play. */
export const person = (description: string) => somebody.describe(description);

export const differences = z
  .array(
    z.object({
      pointer: text("JSON pointer into the resource in the tool's normal form; empty for all of it."),
      desired: anything("What shall stand there; absent where nothing shall."),
      observed: anything("What stands there; absent where nothing does."),
    }),
  )
  .describe("The properties that stand otherwise than they shall.");

/** Somebody by the part that they play, where there may be nobody. */
export const personOrNull = (description: string) => somebody.nullable().describe(description);
