import { Html } from "./html.ts";

/** The page's own style: the reader's colours, light or dark, and print. */
export const reportStyle = new Html(`
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --back: #ffffff; --raised: #f6f8fa;
  --pass: #116329; --fail: #a40e26; --exempt: #7d4e00; --unknown: #57606a; --accent: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9ea7b3; --line: #3d444d; --back: #0d1117;
  --raised: #161b22; --pass: #56d364; --fail: #ff8182; --exempt: #e3b341; --unknown: #9ea7b3; --accent: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
p, figcaption { max-width: 60rem; }
.quiet, figcaption { color: var(--quiet); font-size: .875rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.numbers li { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; min-width: 8rem; }
.numbers strong { display: block; font-size: 1.5rem; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--raised); white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 600; }
.id { white-space: nowrap; } td.none { color: var(--quiet); }
.status { font-weight: 600; white-space: nowrap; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .exempt { color: var(--exempt); }
.unknown, .notApplicable { color: var(--unknown); }
ul.seen { margin: 0; padding-left: 1.1rem; } ul.seen li { overflow-wrap: anywhere; }
code { font: .8rem ui-monospace, Consolas, monospace; color: var(--quiet); overflow-wrap: anywhere; }
details { margin: .75rem 0; border: 1px solid var(--line); border-radius: .5rem; padding: .25rem .75rem; }
summary { cursor: pointer; padding: .35rem 0; }
summary h3 { display: inline; font-size: 1rem; margin: 0; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
figure { margin: 1rem 0; } svg { max-width: 40rem; width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
svg .grid { stroke: var(--line); } svg .score { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
svg .now { fill: var(--accent); }
@media print { details { break-inside: avoid; } body { max-width: none; } }
`);
