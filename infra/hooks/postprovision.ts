import { ensureGraphPermissions, graphPermissionsOf } from "./graph-permissions.ts";
import { type HookContext, required } from "./hook-context.ts";
import type { SignInApplication } from "./sign-in-application.ts";
import { allowRedirect, trustIdentity } from "./trust-identity.ts";

/**
 * After Azure provisioned: the app registration trusts the app's identity, and the identity gets its permissions of Microsoft Graph.
 * Each part can be left to others by a value of the azd environment.
 */
export async function postprovision(context: HookContext): Promise<void> {
  const { configuration, environment, graph } = context;
  const principalId = required(context, "IDENTITY_PRINCIPAL_ID");
  if (environment.SIGN_IN_APPLICATION !== "given") {
    const clientId = required(context, "SIGN_IN_CLIENT_ID");
    const application = await graph.find<SignInApplication>(`/applications(appId='${clientId}')`);
    if (application === null) throw new Error(`There is no app registration ${clientId}. Run azd provision again.`);
    await allowRedirect(graph, application.id, required(context, "FUNCTION_APP_HOST_NAME"));
    await trustIdentity(graph, application.id, {
      tenantId: configuration.tenantId,
      principalId,
      authorityHost: environment.AZURE_AUTHORITY_HOST ?? "https://login.microsoftonline.com",
    });
  }
  if (environment.GRAPH_PERMISSIONS !== "given") {
    const { given, beyond } = await ensureGraphPermissions(graph, principalId, graphPermissionsOf(configuration));
    context.say(
      given.length === 0 ? "The identity holds its permissions of Microsoft Graph." : `Given: ${given.join(", ")}`,
    );
    if (beyond.length > 0) context.say(`The identity holds more than it needs: ${beyond.join(", ")}`);
  }
}
