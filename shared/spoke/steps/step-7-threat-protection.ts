import type { Finding } from "../../domain/finding.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { resourceId } from "../../domain/resource-id.ts";
import { networkEventResources } from "../network-events.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/** Operations that change what the NSGs of a spoke mean. */
const networkSecurityOperations: readonly string[] = [
  "Microsoft.Network/networkSecurityGroups/delete",
  "Microsoft.Network/networkSecurityGroups/securityRules/delete",
  "Microsoft.Network/networkSecurityGroups/securityRules/write",
  "Microsoft.Network/networkSecurityGroups/write",
];

/**
 * Step 7: threat detection and alerts. Defender's plans and contact are the subscription's: adopted where they stand,
 * raised where they fall short, and never taken back.
 */
export const threatProtection: Step = {
  number: 7,
  name: "Advanced threat detection and protection",
  resources: (design) => [
    ...defenderPlans(design),
    ...securityContact(design),
    ...changeAlert(design),
    ...networkEventResources(design),
  ],
  findings: notConfigured,
};

/** One after the other: Defender refuses a second update of plans in a subscription while one is under way. */
function defenderPlans(design: SpokeDesign): DesiredResource[] {
  const plans = design.configuration.defender?.plans ?? [];
  const idOf = (plan: string) => resourceId(design.names.subscription, "Microsoft.Security/pricings", plan);
  return plans.map(({ name, subPlan }, index) => {
    const before = plans[index - 1];
    return {
      id: idOf(name),
      type: "Microsoft.Security/pricings",
      ownership: "shared",
      steps: [7],
      dependsOn: before === undefined ? [] : [idOf(before.name)],
      body: { pricingTier: "Standard", subPlan },
    };
  });
}

function securityContact(design: SpokeDesign): DesiredResource[] {
  const contact = design.configuration.defender?.contact;
  if (contact === undefined) return [];
  return [
    {
      id: resourceId(design.names.subscription, "Microsoft.Security/securityContacts", "default"),
      type: "Microsoft.Security/securityContacts",
      ownership: "shared",
      steps: [7],
      dependsOn: [],
      body: contact,
    },
  ];
}

/** Guidance, principles, assume breach: "track changes to network security groups". */
function changeAlert(design: SpokeDesign): DesiredResource[] {
  const changes = design.configuration.networkChanges;
  if (changes === null) return [];
  return [
    {
      id: design.names.changeAlert,
      type: "Microsoft.Insights/activityLogAlerts",
      ownership: "owned",
      steps: [7],
      dependsOn: [design.names.resourceGroup],
      body: {
        tags: design.tags,
        enabled: true,
        scopes: [design.names.resourceGroup],
        operationNames: networkSecurityOperations,
        actionGroupIds: changes.actionGroupIds,
      },
    },
  ];
}

function notConfigured(design: SpokeDesign): Finding[] {
  const { defender, networkChanges, networkEvents } = design.configuration;
  const about = { severity: "medium", resourceId: null, step: 7 } as const;
  return [
    ...(defender !== null
      ? []
      : [
          {
            ...about,
            code: "DefenderForCloudNotConfigured",
            message: "The platform configuration names no plans of Microsoft Defender for Cloud.",
            remedy: "Name them in `defender` of the platform configuration.",
          },
        ]),
    ...(networkChanges !== null
      ? []
      : [
          {
            ...about,
            code: "NetworkChangesNotAlerted",
            message: "Nobody is told when a network security group of this spoke is changed.",
            remedy: "Name action groups in `networkChanges` of the platform configuration.",
          },
        ]),
    ...(networkEvents !== null
      ? []
      : [
          {
            ...about,
            code: "NetworkEventsNotConfigured",
            message: "Changes of this spoke's network by hand are not noticed: Event Grid tells the tool of none.",
            remedy: "Name the queue for them in `networkEvents` of the platform configuration.",
          },
        ]),
  ];
}
