import openapiTypes, { astToString } from "openapi-typescript";
import { openapiDocument } from "../functions/http/openapi/openapi-document.ts";

const heading = `/**
 * The API of Zero Trust spokes as types, made from its OpenAPI document by \`npm run client\`: change the document, not this
 * file. For use with openapi-fetch, or with any client that you write: \`components["schemas"]\` has the bodies.
 */

`;

/** The types of the API's callers, as `client/zero-trust-spokes.d.ts` holds them. */
export async function clientTypes(): Promise<string> {
  const document = JSON.stringify(openapiDocument());
  // A field with a default may be left out of a request.
  return heading + astToString(await openapiTypes(document, { defaultNonNullable: false, silent: true }));
}
