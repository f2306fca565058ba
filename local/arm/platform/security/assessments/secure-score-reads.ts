import { resourceNotFound } from "../../../errors/not-found-errors.ts";
import type { ProviderOperation, ProviderOperationContext } from "../../../resource-type.ts";
import { assessmentsOf } from "./assessments-of.ts";
import { controlDocuments, secureScoreDocument } from "./secure-score-documents.ts";

const type = "Microsoft.Security/secureScores";
const provider = "/subscriptions/{subscriptionId}/providers/Microsoft.Security";
const common = { method: "GET", apiVersions: ["2020-01-01"] } as const;

/** The secure score of a subscription and its controls. */
export const secureScoreReads: readonly ProviderOperation[] = [
  {
    ...common,
    path: `${provider}/secureScores`,
    action: `${type}/read`,
    invoke: ({ world, scope }) => ({
      body: { value: [secureScoreDocument(scope.id, assessmentsOf(world, scope.id))] },
    }),
  },
  {
    ...common,
    path: `${provider}/secureScores/{name}`,
    action: `${type}/read`,
    invoke: (context) => {
      demandAscScore(context);
      const { world, scope } = context;
      return { body: secureScoreDocument(scope.id, assessmentsOf(world, scope.id)) };
    },
  },
  {
    ...common,
    path: `${provider}/secureScores/{name}/secureScoreControls`,
    action: `${type}/secureScoreControls/read`,
    invoke: (context) => {
      demandAscScore(context);
      return controlsOf(context);
    },
  },
  {
    ...common,
    path: `${provider}/secureScoreControls`,
    action: "Microsoft.Security/secureScoreControls/read",
    invoke: controlsOf,
  },
];

function controlsOf({ world, scope, query }: ProviderOperationContext) {
  const withDefinition = query.get("$expand")?.toLowerCase() === "definition";
  return { body: { value: controlDocuments(scope.id, assessmentsOf(world, scope.id), withDefinition) } };
}

function demandAscScore({ parameters: { name = "" } }: ProviderOperationContext): void {
  if (name.toLowerCase() !== "ascscore") throw resourceNotFound(type, name, undefined);
}
