/**
 * `npm run --silent hook -- NAME`: what azd runs around its steps (azure.yaml). Each can be run again at any time: what stands as it shall
 * is left as it is.
 */
import { type HookContext, hookContext } from "./hook-context.ts";
import { postprovision } from "./postprovision.ts";
import { preprovision } from "./preprovision.ts";
import { runCommand } from "./run-command.ts";

const hooks: Readonly<Record<string, (context: HookContext) => Promise<void>>> = {
  async preprovision(context) {
    const values = Object.entries(await preprovision(context)).map(([name, value]) => `${name}=${value}`);
    await runCommand("azd", ["env", "set", ...values]);
  },
  async postprovision(context) {
    await postprovision(context);
    if (context.environment.PLATFORM_BOOTSTRAP !== "given")
      await runCommand("npm", ["run", "--silent", "bootstrap", "--", "--configuration", context.configurationFile]);
  },
  async prepackage({ configurationFile }) {
    await runCommand("npm", ["run", "--silent", "package", "--", "--configuration", configurationFile]);
  },
};

const [name = ""] = process.argv.slice(2);
try {
  const hook = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  if (hook === undefined) throw new Error(`Name a hook: ${Object.keys(hooks).join(", ")}`);
  await hook(await hookContext(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
