import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolders } from "./bundled-modules.ts";

const introduction = `Third-party notices

This package contains code of the packages below, each under the licence that follows its name.`;

const isNotice = /^(?:licen[cs]e|notice|copying)\b/i;

/**
 * Licences and notices of the packages to which modules belong, as those packages carry them: their licences ask
 * that whoever passes on the code passes on these too. Packages under the same words share one copy of them.
 */
export function thirdPartyNotices(modules: readonly string[]): string {
  const namesByText = new Map<string, Set<string>>();
  for (const folder of packageFolders(modules)) {
    const { name, text } = noticeOf(folder);
    const names = namesByText.get(text) ?? new Set();
    namesByText.set(text, names.add(name));
  }
  const sections = [...namesByText].map(([text, names]) => `${[...names].sort().join("\n")}\n\n${text}`).sort();
  return [introduction, ...sections].join(`\n\n${"-".repeat(80)}\n\n`).concat("\n");
}

function noticeOf(folder: string): { readonly name: string; readonly text: string } {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const files = readdirSync(folder).filter((file) => isNotice.test(file));
  const texts = files.sort().map((file) => sameWords(readFileSync(join(folder, file), "utf8")));
  return {
    name: `${manifest.name} ${manifest.version}`,
    text: texts.join("\n\n") || `Licence ${manifest.license ?? "not told"}; the package carries no text of it.`,
  };
}

/** Without what differs between copies of the same licence: ends of lines, indentation and blank lines around it. */
function sameWords(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
