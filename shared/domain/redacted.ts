/**
 * What may stand in a message of somebody else's making and must not stand in a log, and what is left of it. Messages
 * may be long and made by anybody: no pattern looks at the same text again and again, and a secret that a message was cut
 * off in is one too.
 */
const secrets: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens: access tokens, assertions; other encoded JSON too, such as a signed-in principal.
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){0,2}/g, "[token]"],
  [/\bBearer\s+[^\s"',;]+/gi, "Bearer [token]"],
  [/\b(SharedKey|SharedAccessSignature)\s+[\w+/=:.~%&-]{8,}/gi, "$1 [secret]"],
  // In a header alone: "Basic" is the name of tiers too.
  [/(\bauthorization\\?["']?\s*[:=]\s*\\?["']?Basic)\s+[\w+/=]+/gi, "$1 [secret]"],
  // Connection strings of Storage, Event Grid and Application Insights.
  [
    /\b(AccountKey|SharedAccessKey|SharedAccessSignature|InstrumentationKey|Password|ClientSecret)\s*=\s*[^;\s"'&]+/gi,
    "$1=[secret]",
  ],
  // Signatures, function keys and tokens in URLs.
  [
    /([?&;](?:sig|code|key|token|access_token|client_secret|client_assertion|password|secret)=)[^&\s"'<>]+/gi,
    "$1[secret]",
  ],
  // Members of JSON and headers, in the spellings of Azure; JSON within a string of JSON too.
  [
    /((?:access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|password|account_?key|primary_?key|secondary_?key|shared_?key|connection_?string|authorization|x-identity-header|x-functions-key|aeg-sas-key|aeg-sas-token)\\?["']?\s*[:=]\s*)(?:\\"[^"]*"?|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;}"']+)/gi,
    '$1"[secret]"',
  ],
  // Addresses of incoming webhooks are secrets as a whole: their path is the key.
  [
    /(https:\/\/(?=[\w.-]*(?:webhook\.office\.com|logic\.azure\.com|powerplatform\.com))[^/\s"']*)\/[^\s"']+/gi,
    "$1/[secret]",
  ],
];

/** The text without the secrets that Azure, its SDKs or the platform may have put into it. */
export function redacted(text: string): string {
  return secrets.reduce((kept, [pattern, instead]) => kept.replace(pattern, instead), text);
}
