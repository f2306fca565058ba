import type { Tag } from "./operation.ts";

const descriptions: Readonly<Record<Tag, string>> = {
  Spokes: "Ask for spokes, preview, follow, change, approve, look at and remove them.",
  "Network changes": "What others changed of networks, and what became of it.",
  Compliance: "Every spoke, judged by every row of the guidance.",
  Recommendations: "What would make networks harder.",
  Exemptions: "What may be otherwise, why and until when.",
  "This document": "The description of the API itself.",
};

/** Headings of the document, in the order of its readers. */
export const tags = Object.entries(descriptions).map(([name, description]) => ({ name, description }));

/**
 * How callers sign in. Not of the types oauth2 and openIdConnect: there a requirement lists scopes, and what decides here
 * are app roles; of the type http it lists roles (OpenAPI 3.1, "Security Requirement Object").
 */
export const entraScheme = {
  type: "http",
  scheme: "bearer",
  bearerFormat: "JWT",
  description:
    "Access token of Microsoft Entra (OpenID Connect, v2.0 endpoints of the platform's tenant) for the app registration of this API: scope `{application id URI}/.default`, by the authorization code flow for people and by client credentials or a managed identity for services. The app roles Read, Request, Operate and Approve in its claim `roles` decide; none implies another. App Service verifies the token before the API sees the call.",
};
