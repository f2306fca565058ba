import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CloudName } from "../arm/cloud.ts";
import { azureEndpointSettings } from "./app-settings.ts";
import type { LocalAzureSeed } from "./azure-access.ts";
import { childEnvironment } from "./child-environment.ts";
import type { LocalAzureReady } from "./ready-line.ts";
import { StackError } from "./stack-error.ts";
import { projectFolder } from "./stack-options.ts";

/**
 * Makes what the platform's owner makes once for the tenant (the role definition), as the owner: the app itself
 * must not be able to write role definitions. Throws StackError with the command's own words where it fails.
 */
export async function runPlatformBootstrap(
  configurationFile: string,
  azure: LocalAzureReady,
  cloud: CloudName,
  owner: LocalAzureSeed["owner"],
  signal?: AbortSignal,
): Promise<void> {
  const environment = childEnvironment({
    ...azureEndpointSettings(azure, cloud),
    AZURE_AUTHORITY_HOST: azure.url,
    // The tenant name that makes the identity library trust an authority which is not Microsoft's own cloud.
    AZURE_TENANT_ID: "adfs",
    AZURE_CLIENT_ID: owner.clientId,
    AZURE_CLIENT_SECRET: owner.clientSecret,
    AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential",
  });
  const command = [join(projectFolder, "infra", "bootstrap.ts"), "--configuration", configurationFile];
  try {
    const options = { cwd: projectFolder, env: environment, timeout: 60_000, signal };
    await promisify(execFile)(process.execPath, command, options);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new StackError(`The platform bootstrap failed:\n${said}`, { cause: error });
  }
}
