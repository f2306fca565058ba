/**
 * The Bicep CLI for tests: the one on PATH, where it is as new as ours, else the NuGet package that bicep-cli.csproj names, restored once into
 * node_modules/.cache. Without either the tests say why they are skipped (`whyNoBicep`).
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const project = join(import.meta.dirname, "bicep-cli.csproj");
const cache = join(import.meta.dirname, "../../node_modules/.cache/bicep");
const executable = process.platform === "win32" ? "bicep.exe" : "bicep";
const operatingSystems: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "osx", win32: "win" };
const platform = `${operatingSystems[process.platform] ?? process.platform}-${process.arch}`;

/** Why `bicepCli` answered null; empty as long as it has not. */
export let whyNoBicep = "";

/** What the CLI finds in a file. `level` is SARIF's: "error", "warning", "note" or "none". */
export interface BicepFinding {
  readonly level: string;
  readonly ruleId: string;
  readonly message: string;
  readonly file: string;
  /** From 1; 0 where the finding is of the whole file. */
  readonly line: number;
}

let found: Promise<string | null> | undefined;

/** The path of the CLI, or null where this machine has none and can restore none (`whyNoBicep` says why). */
export function bicepCli(): Promise<string | null> {
  found ??= findCli();
  return found;
}

/** What `bicep lint` says of `file` and of the modules it uses: errors, mistaken types and properties, and the linter's rules. */
export async function bicepFindings(cli: string, file: string): Promise<BicepFinding[]> {
  const sarif = JSON.parse(await output(cli, ["lint", file, "--diagnostics-format", "Sarif"])) as SarifLog;
  return sarif.runs.flatMap(({ results }) => results).map(findingOf);
}

/** Standard output of the CLI, also where it ends with an exit code because of what it found. */
async function output(cli: string, commandLine: readonly string[]): Promise<string> {
  try {
    return (await run(cli, commandLine, { maxBuffer: 64 * 2 ** 20 })).stdout;
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout === undefined || !stdout.trimStart().startsWith("{")) throw error;
    return stdout;
  }
}

interface SarifLog {
  readonly runs: readonly { readonly results: readonly SarifResult[] }[];
}
interface SarifResult {
  readonly ruleId: string;
  /** "warning" where it is absent (SARIF 2.1.0, 3.27.10). */
  readonly level?: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation?: { readonly uri?: string };
      readonly region?: { readonly startLine?: number };
    };
  }[];
}

function findingOf({ ruleId, level, message, locations }: SarifResult): BicepFinding {
  const place = locations?.[0]?.physicalLocation;
  const uri = place?.artifactLocation?.uri ?? "";
  return {
    level: level ?? "warning",
    ruleId,
    message: message.text,
    file: uri.startsWith("file:") ? fileURLToPath(uri) : uri,
    line: place?.region?.startLine ?? 0,
  };
}

async function findCli(): Promise<string | null> {
  const version = /<BicepVersion>(.+)<\/BicepVersion>/.exec(await readFile(project, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${project} names no BicepVersion`);
  if (await isAtLeast(version)) return executable;
  const restored = join(cache, `${version}-${platform}`, executable);
  if (await exists(restored)) return restored;
  try {
    await restore(version, restored);
    return restored;
  } catch (error) {
    // dotnet says on standard output why it could not.
    const said = (error as { stdout?: string }).stdout?.split("\n").find((line) => line.includes("error"));
    const reason = said?.trim() ?? String(error);
    whyNoBicep = `no Bicep CLI from ${version} on PATH, and dotnet could not restore it: ${reason}`;
    console.warn(`Tests of Bicep are skipped: ${whyNoBicep}`);
    return null;
  }
}

/** Older ones lack types and rules, and their snapshots differ. */
async function isAtLeast(version: string): Promise<boolean> {
  try {
    const { stdout } = await run(executable, ["--version"]);
    const onPath = /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? "0";
    return onPath.localeCompare(version, "en", { numeric: true }) >= 0;
  } catch {
    return false;
  }
}

/** Test files run beside one another: each restores into a folder of its own, and whoever is first moves it into place. */
async function restore(version: string, target: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "restore-"));
  try {
    await cp(project, join(folder, "bicep-cli.csproj"));
    await run("dotnet", ["restore", "bicep-cli.csproj", `-p:BicepPlatform=${platform}`, "--packages", "packages"], {
      cwd: folder,
      timeout: 300_000,
      env: { ...process.env, DOTNET_NOLOGO: "1", DOTNET_CLI_TELEMETRY_OPTOUT: "1" },
    });
    const tools = join(folder, "packages", `azure.bicep.commandline.${platform}`, version, "tools");
    await rename(tools, dirname(target)).catch(async (error: unknown) => {
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
