import { readFileSync } from "node:fs";
import { askForSpoke, followSpoke, ProblemError, type Spoke, type SpokeRequest, spokesApi } from "./spokes-client.ts";

/**
 * Asks for a spoke and follows it to its end: `node client/example.ts BASE_URL REQUEST_FILE`. ACCESS_TOKEN is sent as
 * bearer token; LOCAL_USER plays somebody on the local stack. Exit code 0: it stands; 1: it does not.
 */
async function main(baseUrl: string, file: string): Promise<number> {
  const { ACCESS_TOKEN, LOCAL_USER, PAUSE_SECONDS = "10" } = process.env;
  // A portal asks its credential for a token here, each time: it keeps tokens until they run out.
  const api = spokesApi(baseUrl, async () => ({
    ...(ACCESS_TOKEN !== undefined && { authorization: `Bearer ${ACCESS_TOKEN}` }),
    ...(LOCAL_USER !== undefined && { "x-local-user": LOCAL_USER }),
  }));
  const patience = { pause: Number(PAUSE_SECONDS) * 1_000, outage: 600_000 };
  const request = JSON.parse(readFileSync(file, "utf8")) as SpokeRequest;
  try {
    const { name } = await askForSpoke(api, request, patience);
    return tell(await followSpoke(api, name, progress(), patience));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    console.error(error.message);
    for (const { pointer, code, message } of error.problem.errors) console.error(`  ${pointer} ${code}: ${message}`);
    return 1;
  }
}

/** Tells what is new since the look before. */
function progress(): (spoke: Spoke) => void {
  let told = "";
  return ({ status, resources, approval }) => {
    const done = resources.filter((resource) => resource.status === "Succeeded").length;
    const until = status === "AwaitingApproval" ? `, until ${approval?.expiresAt ?? "it is planned"}` : "";
    const line = `${status}: ${done} of ${resources.length} resources${until}`;
    if (line !== told) console.log(line);
    told = line;
  };
}

function tell({ name, status, error, findings }: Spoke): number {
  console.log(`${name}: ${status}`);
  if (error !== null) console.log(`${error.code}: ${error.message}\n  ${error.remedy}`);
  for (const { severity, code, remedy } of findings) console.log(`${severity} ${code}: ${remedy}`);
  return status === "Succeeded" ? 0 : 1;
}

const [baseUrl, file] = process.argv.slice(2);
if (baseUrl === undefined || file === undefined) {
  console.error("Usage: node client/example.ts BASE_URL REQUEST_FILE");
  process.exitCode = 2;
} else {
  process.exitCode = await main(baseUrl, file);
}
