import { deploymentParameters } from "./deployment-parameters.ts";
import { type HookContext, required } from "./hook-context.ts";
import { ensureSignInApplication, type GroupClaims } from "./sign-in-application.ts";

/** Name and alternate key of the app registration of an installation. */
export const signInApplicationName = (environmentName: string): string => `zero-trust-spokes-${environmentName}`;

/**
 * Before Azure provisions: the app registration that callers sign in to, and the parameters that follow from the platform configuration.
 * @returns values for the azd environment, which main.bicepparam reads.
 */
export async function preprovision(context: HookContext): Promise<Record<string, string>> {
  const { configuration, environment, graph } = context;
  const environmentName = installationName(required(context, "AZURE_ENV_NAME"));
  const parameters = deploymentParameters(configuration, {
    subscriptionId: required(context, "AZURE_SUBSCRIPTION_ID"),
    resourceGroupName: `rg-zero-trust-spokes-${environmentName}`,
    rolesAtManagementGroup: environment.ROLES_AT_MANAGEMENT_GROUP === "true",
  });
  // An organisation that makes its registrations itself gives the client id, and does what docs/deployment.md lists.
  if (environment.SIGN_IN_APPLICATION === "given")
    return { ...parameters, SIGN_IN_CLIENT_ID: required(context, "SIGN_IN_CLIENT_ID") };
  const name = signInApplicationName(environmentName);
  const application = await ensureSignInApplication(graph, name, groupClaims(environment.GROUP_CLAIMS));
  context.say(`Callers sign in to ${name} (${application.appId}).`);
  return { ...parameters, SIGN_IN_CLIENT_ID: application.appId };
}

/** azd takes names that no function app may have: said before anything is made in the directory. */
function installationName(name: string): string {
  if (/^[a-z0-9-]{1,20}$/i.test(name)) return name;
  throw new Error(
    `The azd environment ${name} names this installation and its resources: letters, digits and hyphens, at most 20.`,
  );
}

function groupClaims(value: string | undefined): GroupClaims {
  if (value === undefined || value === "" || value === "SecurityGroup") return "SecurityGroup";
  if (value === "ApplicationGroup") return value;
  throw new Error(`GROUP_CLAIMS is ${value}, and has to be SecurityGroup or ApplicationGroup`);
}
