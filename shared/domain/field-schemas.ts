import * as z from "zod";

/** Any GUID, kept in lower case: Azure and Microsoft Entra compare GUIDs without regard to case. */
export const guid = z.guid("Must be a GUID like 11111111-1111-1111-1111-111111111111.").toLowerCase();

/** Name of an Azure region as Resource Manager writes it: `westeurope`. */
export const locationName = z
  .string()
  .regex(/^[a-z][a-z0-9]{1,49}$/, "Must be the name of an Azure region in lower case without spaces, like westeurope.");

/** TCP or UDP port. 0 is reserved (RFC 6335 section 6). */
export const port = z.int().min(1).max(65535);

/** Text of one line: no control characters and no halves of surrogate pairs, which no JSON of Azure can carry. */
export function lineOfText(maximumLength: number) {
  return z
    .string()
    .max(maximumLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "Must hold no control characters and no lone surrogates.");
}

/**
 * A list whose length is in the schema's description, while rules check it: zod looks at no element of a list that is
 * too long, and every violation is to be told at once.
 */
export function listOf<T extends z.ZodType>(element: T, minItems: number, maxItems: number) {
  return z.array(element).meta({ minItems, maxItems });
}

/** Resource group names: 1–90 letters, digits, _ - . ( ), no final period (Azure, "Naming rules and restrictions"). */
export const resourceGroupName = z
  .string()
  .regex(/^[\p{L}\p{N}_\-.()]{0,89}[\p{L}\p{N}_\-()]$/u, "Must be a valid name of a resource group.");
