import type { CatalogueEntry } from "../../../shared/azure/error-catalogue.ts";

const heading = `# Azure's error codes

The codes of Azure that the tool knows, from \`shared/azure/error-catalogue.ts\` (written by a test: change the catalogue, not this
page). They stand in \`error.code\` of a spoke, a resource or a change with Azure's message, and in problems of calls that ask Azure. A
code that is not listed is repeated or not by its HTTP status: 408, 412, 429 and 5xx but for 501 and 505 pass, the rest does not.

"Passes" is repeated by itself, inside the call for up to five minutes and then by the run for a quarter of an hour. "Settles" may be
Azure's own delay about something that was made moments ago: it is asked again for so long, and then is what it says. Where Azure's
message names the action, scope, lock, policy or provider, the remedy of the answer names it too.

| code | by itself | remedy |
|---|---|---|
`;

/** The page of Azure's codes, in the order of the alphabet. */
export function azureCodeTable(catalogue: Readonly<Record<string, CatalogueEntry>>): string {
  const rows = Object.entries(catalogue)
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([code, entry]) => `| \`${code}\` | ${byItself(entry)} | ${entry.remedy} |\n`);
  return heading + rows.join("");
}

function byItself({ disposition, settlesWithin }: CatalogueEntry): string {
  if (disposition === "transient") return "passes";
  return settlesWithin === undefined ? "no" : `settles within ${settlesWithin / 1_000} s`;
}
