import { beforeAll, describe, expect, test } from "vitest";
import { appIdentity } from "../../local/arm/seed/seed-identities.ts";
import { createAzurePorts } from "../../shared/azure/azure-ports.ts";
import { publicAzure } from "../../shared/azure/settings.ts";
import { readWrites } from "../bicep/arm-write.ts";
import { bicepCli, whyNoBicep } from "../bicep/bicep-cli.ts";
import { type BodyFinding, bodyFindings, toldFindings } from "../bicep/body-findings.ts";
import { declarations } from "../bicep/declarations.ts";
import { declaredResource } from "../bicep/declared-resource.ts";
import { distinctWrites } from "../bicep/distinct-writes.ts";
import { mistakenWrites } from "../bicep/mistaken-writes.ts";
import { type StandIn, standInFor, standIns } from "../bicep/stand-ins.ts";

/**
 * Every body that the app sent to Resource Manager while the other tests ran, as a Bicep declaration: Microsoft's own types judge
 * it, which local Azure does not know. Bodies that tests send as the platform's owner, or as somebody who changes things by hand, are left out.
 */
const allWrites = await readWrites(process.env.LOCAL_AZURE_RECORDS_DIR ?? "");
const appWrites = allWrites.filter(({ caller }) => caller === appIdentity.id);
const writes = distinctWrites(appWrites);
const isOfAllTests = process.env.RECORDS_OF_ALL_TESTS === "yes";
const cli = await bicepCli();

function whyNot(): string {
  if (cli === null) return whyNoBicep;
  return appWrites.length === 0 && !isOfAllTests ? "no test that ran wrote anything as the app" : "";
}
const reason = whyNot();
if (reason !== "") console.warn(`NOT RUN: what Bicep says of the bodies that the app sends, because ${reason}.`);

/** Types of the desired state that no PUT of the app goes to, and why. */
const neverPut: Readonly<Record<string, string>> = {
  "Microsoft.Authorization/roleDefinitions": "a prerequisite, which the app only verifies",
  "Microsoft.Graph/conditionalAccessPolicies": "belongs to Microsoft Graph",
};

describe.skipIf(reason !== "")("Bicep, on the bodies that the app sends", () => {
  let ofMistakes: readonly BodyFinding[];
  let inUse: readonly StandIn[];

  beforeAll(async () => {
    // Whether the CLI knows by now what another version stands in for is asked with one write of each.
    const firsts = standIns.flatMap((standIn) => writes.find((write) => standInFor([standIn], write)) ?? []);
    const asked = [...mistakenWrites.map(({ write }) => write), ...firsts];
    ofMistakes = await bodyFindings(
      cli ?? "",
      declarations(asked, ({ apiVersion }) => apiVersion),
    );
    const unknown = new Set(ofMistakes.filter(({ ruleId }) => ruleId === "BCP081").map(({ write }) => write));
    inUse = standIns.filter((standIn) => firsts.some((write) => unknown.has(write) && standInFor([standIn], write)));
  }, 120_000);

  test.each(mistakenWrites)("it sees $mistake ($ruleId)", ({ write, property, ruleId }) => {
    const seen = ofMistakes.filter((finding) => finding.write === write);
    expect(seen.map((finding) => [finding.ruleId, finding.property])).toEqual([[ruleId, property]]);
  });

  test("no finding on any property or type", async () => {
    const declared = declarations(writes, (write) => standInFor(inUse, write)?.checked ?? write.apiVersion);
    const findings = await bodyFindings(cli ?? "", declared);
    console.info(summary());
    expect(toldFindings(findings)).toEqual([]);
  }, 120_000);

  test.runIf(isOfAllTests)("the tests have the app write every type of the desired state", () => {
    const written = new Set(writes.map(({ path }) => declaredResource(path).type.toLowerCase()));
    const types = Object.keys(createAzurePorts(publicAzure).resources);
    expect(types.filter((type) => !(type in neverPut) && !written.has(type.toLowerCase()))).toEqual([]);
  });

  function summary(): string {
    const types = new Set(writes.map(({ path }) => declaredResource(path).type.toLowerCase()));
    const lines = inUse.map((one) => `${one.provider} ${one.sent} by the types of ${one.checked}: ${one.reason}`);
    const needless = standIns.filter((one) => !inUse.includes(one) && writes.some((write) => standInFor([one], write)));
    const knownNow = needless.map((one) => `Bicep knows ${one.provider} ${one.sent}: its stand-in can go`);
    return [
      `Judged ${writes.length} distinct bodies of ${appWrites.length}, of ${types.size} types; left out ${allWrites.length - appWrites.length} of other callers`,
      ...lines,
      ...knownNow,
    ].join("\n");
  }
});
