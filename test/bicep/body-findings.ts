import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { ArmWrite } from "./arm-write.ts";
import { type BicepFinding, bicepFindings } from "./bicep-cli.ts";
import { bicepFiles, type Declarations, headLines } from "./declarations.ts";
import type { TargetScope } from "./declared-resource.ts";

/** What the compiler has against a property of a body; a finding of no declaration has neither write nor type. */
export interface BodyFinding {
  readonly ruleId: string;
  readonly message: string;
  readonly property: string;
  readonly write?: ArmWrite;
  /** `{type}@{API version}` by which the body was judged. */
  readonly type?: string;
}

/** The referenced module has errors, which stand beside it. */
const moduleHasErrors = "BCP104";

/** Compiles declarations in one run of the CLI. */
export async function bodyFindings(cli: string, declared: Declarations): Promise<readonly BodyFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "put-bodies-"));
  try {
    for (const [name, text] of bicepFiles(declared)) await writeFile(join(folder, name), text);
    const findings = await bicepFindings(cli, join(folder, "main.bicep"));
    const causes = findings.filter(({ ruleId }) => ruleId !== moduleHasErrors);
    return (causes.length > 0 ? causes : findings).map((finding) => bodyFinding(finding, declared));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bodyFinding({ ruleId, message, file, line }: BicepFinding, declared: Declarations): BodyFinding {
  const name = basename(file);
  const place = declared.get(name.replace(/\.bicep$/, "") as TargetScope)?.[line - 1 - headLines];
  const said = message.replace(/ If this is a resource type definition inaccuracy.*$| \[https:.*$/s, "");
  if (place === undefined) return { ruleId, message: said, property: `line ${line} of ${name}` };
  return { ruleId, message: said, property: place.property, write: place.write, type: place.type };
}

/** Findings for a developer, one text for all that say the same of the same property. */
export function toldFindings(findings: readonly BodyFinding[]): readonly string[] {
  const alike = Map.groupBy(findings, ({ type, property, ruleId, message }) =>
    [type, property.replaceAll(/\[\d+\]/g, "[]"), ruleId, message].join(),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { write, property, ruleId, message, type } = first;
    const put = write === undefined ? "no PUT" : `PUT ${write.path}?api-version=${write.apiVersion}`;
    const more = group.length > 1 ? ` (and ${group.length - 1} more)` : "";
    return [`${property === "" ? "the body" : property}: ${ruleId} ${message} ${put}, judged as ${type}${more}`];
  });
}
