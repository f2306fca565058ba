import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const isOurs = (path: string) => !/^(node_modules|dist|\.local|coverage)\//.test(path);
const pages = globSync("**/*.md", { cwd: project, exclude: (path) => !isOurs(`${path}/`) }).filter(isOurs);

/** Text without code, in which what looks like a link is none. */
const prose = (text: string) => text.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");

/** Names of headings as GitHub makes them: lower case, words by hyphens, without punctuation; a second of a name gets -1. */
function anchorsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading = ""] of text.replace(/^```.*?^```/gms, "").matchAll(/^#{1,6} +(.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
    const name = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let one = name;
    for (let count = 1; found.has(one); count += 1) one = `${name}-${count}`;
    found.add(one);
  }
  return found;
}

/** Why a link leads nowhere; null where it leads somewhere. */
function broken(page: string, link: string): string | null {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(project, join(project, dirname(page), decodeURIComponent(path)));
  if (!existsSync(join(project, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined || !target.endsWith(".md")) return null;
  const known = anchorsOf(readFileSync(join(project, target), "utf8"));
  return known.has(anchor) ? null : `${page}: ${link}: no such heading`;
}

test("every relative link of every page leads to a file and a heading that there are", () => {
  const links = pages.flatMap((page) =>
    [...prose(readFileSync(join(project, page), "utf8")).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => [page, link] as const),
  );
  expect(pages.length).toBeGreaterThan(30);
  expect(links.length).toBeGreaterThan(100);
  expect(links.flatMap(([page, link]) => broken(page, link) ?? [])).toEqual([]);
});

test("a link to a file or a heading that there is not is told", () => {
  expect(broken("README.md", "docs/nothing.md")).toContain("no such file");
  expect(broken("README.md", "docs/guidance.md#nothing")).toContain("no such heading");
  expect(broken("docs/guidance.md", "#traps")).toBeNull();
});
