import type { DesiredResource } from "../domain/resource.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/**
 * Guidance, step 6: where the platform asks for it, a Conditional Access policy that only reports whom it would have
 * asked for a second factor. One that covers the application already is adopted, whoever made it.
 */
export function multiFactorPolicy({ request, configuration, names }: SpokeDesign): DesiredResource[] {
  const { clientId } = request.application;
  const settings = configuration.conditionalAccess;
  if (clientId === null || settings?.mode !== "create") return [];
  return [
    {
      id: names.multiFactorPolicy(clientId),
      type: "Microsoft.Graph/conditionalAccessPolicies",
      ownership: "owned",
      steps: [6],
      dependsOn: [],
      body: { applicationId: clientId, breakGlassGroupId: settings.breakGlassGroupId },
    },
  ];
}
