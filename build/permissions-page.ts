import { type AppRole, readAppRoles } from "../local/arm/seed/app-roles.ts";

const places: Readonly<Record<AppRole["assignAt"][number], string>> = {
  subscriptions: "every subscription for spokes",
  hubs: "the resource group of each hub, its firewall policy and IP group",
  logs: "the resource group of workspace and flow logs' storage accounts",
  secrets: "the resource group of the certificates' vaults",
  names: "the resource group of the private DNS zones",
  addresses: "the resource group of the network manager",
  events: "the storage account of the events, nothing wider",
};

/** The Markdown of docs/permissions.md: `text` is what is written by hand, with `<!-- roles -->` where the tables go. */
export function permissionsPage(rolesFolder: string, text: string): string {
  const tables = readAppRoles(rolesFolder).map(roleSection);
  const [before, after] = text.split(/<!-- roles -->[\s\S]*<!-- end of roles -->/);
  if (before === undefined || after === undefined) throw new Error("The page has no place for the roles' tables.");
  return `${before}<!-- roles -->\n\n${tables.join("\n\n")}\n\n<!-- end of roles -->${after}`;
}

function roleSection({ file, roleName, description, actions, dataActions, assignAt, condition }: AppRole): string {
  const where = assignAt.map((place) => `\`${place}\` (${places[place]})`).join(" and ");
  const rows = [
    ...Object.entries(actions).map(([action, reason]) => `| \`${action}\` | ${reason} |`),
    ...Object.entries(dataActions).map(([action, reason]) => `| \`${action}\` (data) | ${reason} |`),
  ];
  return [
    `### ${roleName}`,
    `${description} [${file}](../infra/roles/${file}), assigned at ${where}${condition === undefined ? "" : ", with a condition"}.`,
    ["| action | why |", "|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}
