import type { ArmWrite } from "./arm-write.ts";
import { type BicepLine, bicepString, bicepValue } from "./bicep-value.ts";
import { declaredResource, type TargetScope } from "./declared-resource.ts";

/** A line of a file of declarations: which write it comes from, and which of its properties. */
export interface DeclarationLine extends BicepLine {
  readonly write: ArmWrite;
  /** `{type}@{API version}`, as Bicep was asked for it. */
  readonly type: string;
}

/** Declarations of writes, by the scope that their file deploys to. */
export type Declarations = ReadonlyMap<TargetScope, readonly DeclarationLine[]>;

/** How many lines of a file stand before its first declaration. */
export const headLines = 2;

/** The resource declarations that `writes` amount to; `versionOf` says by which version's types each is judged. */
export function declarations(writes: readonly ArmWrite[], versionOf: (write: ArmWrite) => string): Declarations {
  const files = new Map<TargetScope, DeclarationLine[]>();
  for (const [index, write] of writes.entries()) {
    const { targetScope, type, name } = declaredResource(write.path);
    const versioned = `${type}@${versionOf(write)}`;
    // Conditional, because Bicep lets no two others have one name: a resource that is written twice has two bodies.
    const opening = `resource r${index} ${bicepString(versioned)} = if (written) `;
    // The path names the resource, whatever the body says.
    const lines = bicepValue({ ...write.body, name }, "", opening);
    const file = files.get(targetScope) ?? [];
    for (const line of lines) file.push({ ...line, write, type: versioned });
    files.set(targetScope, file);
  }
  return files;
}

/** The Bicep files of declarations by their names; `main.bicep` has all others as modules, so that one run compiles them. */
export function bicepFiles(declared: Declarations): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const main = ["targetScope = 'tenant'"];
  for (const [scope, lines] of declared) {
    const head = [`targetScope = '${scope}'`, "param written bool"];
    files.set(`${scope}.bicep`, [...head, ...lines.map(({ text }) => text), ""].join("\n"));
    main.push(`module ${scope}Writes '${scope}.bicep' = { scope: ${moduleScopes[scope]}, params: { written: true } }`);
  }
  files.set("main.bicep", [...main, ""].join("\n"));
  // The linter judges how people write Bicep.
  files.set("bicepconfig.json", JSON.stringify({ analyzers: { core: { enabled: false } } }));
  return files;
}

const anySubscription = "'00000000-0000-0000-0000-000000000000'";
const moduleScopes: Readonly<Record<TargetScope, string>> = {
  tenant: "tenant()",
  managementGroup: "managementGroup('any')",
  subscription: `subscription(${anySubscription})`,
  resourceGroup: `resourceGroup(${anySubscription}, 'any')`,
};
