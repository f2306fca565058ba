/**
 * Sets what the platform sets in an app's environment (App Service, "Environment variables and app settings reference").
 * @param settings those of local.settings.json: the environment wins
 * @param hostName host and port under which the app is reached
 * @param signIn whether the host signs callers in: the app must believe identity headers only then
 */
export function applyPlatformSettings(settings: Record<string, string>, hostName: string, signIn: boolean): void {
  for (const [name, value] of Object.entries(settings)) {
    process.env[name] ??= value;
  }
  process.env.FUNCTIONS_WORKER_RUNTIME = "node";
  process.env.AZURE_FUNCTIONS_ENVIRONMENT ??= "Development";
  // The durable client rewrites its links to localhost:7071 without it.
  process.env.WEBSITE_HOSTNAME = hostName;
  if (signIn) {
    process.env.WEBSITE_AUTH_ENABLED = "True";
  } else {
    delete process.env.WEBSITE_AUTH_ENABLED;
  }
}
