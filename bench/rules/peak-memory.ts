import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { ruleFamilies, seeded } from "./rule-families.ts";

/**
 * Says the peak of a process's resident memory when it ends, as Linux counts it (VmHWM, in KiB); the peak of
 * `resourceUsage` would begin with that of the process that started it.
 */
const report =
  "--import=data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>console.error(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]))";

/** Peak resident megabytes of Node that does nothing. */
export function peakOfNode(): Promise<number> {
  return peakOf(["-e", "0"], []);
}

/** Peak resident megabytes of the tool, started as by `npm run nsg`, comparing pairs of 1000 rules of every family. */
export function peakOfTool(pairsOfEach: number): Promise<number> {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { nsg: string } };
  const [, ...args] = scripts.nsg.split(" ");
  return peakOf([...args, "compare"], lines(pairsOfEach));
}

function* lines(pairsOfEach: number): Generator<string> {
  const random = seeded(7);
  for (const family of ruleFamilies) {
    for (let run = 0; run < pairsOfEach; run += 1) {
      const [a, b] = family.pair(1000, random);
      yield `${JSON.stringify({ id: `${family.name} ${run}`, a, b })}\n`;
    }
  }
}

async function peakOf(args: readonly string[], input: Iterable<string>): Promise<number> {
  const child = spawn(process.execPath, [report, ...args], { stdio: ["pipe", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const closed = once(child, "close");
  for (const line of input) if (!child.stdin.write(line)) await once(child.stdin, "drain");
  child.stdin.end();
  await closed;
  const kibibytes = Number(errors.trim());
  if (!(kibibytes > 0)) throw new Error(`no memory was reported: ${errors}`);
  return (kibibytes * 1024) / 1e6;
}
