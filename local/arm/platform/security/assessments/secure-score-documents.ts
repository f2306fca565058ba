import type { JsonObject } from "../../../json.ts";
import type { Assessment } from "./assessments-of.ts";
import { recommendations } from "./recommendations.ts";
import { type ControlScore, controlScores, scoreOf } from "./secure-score.ts";

const type = "Microsoft.Security/secureScores";

/** `ascScore`: the one score of a subscription. */
export function secureScoreDocument(subscriptionScope: string, assessments: readonly Assessment[]): JsonObject {
  const controls = controlScores(assessments);
  const sum = (of: (control: ControlScore) => number) => controls.reduce((total, control) => total + of(control), 0);
  const [max, current] = [sum((each) => each.max), Math.round(sum((each) => each.current) * 100) / 100];
  const weight = sum(({ healthy, unhealthy }) => healthy + unhealthy);
  return {
    id: `${subscriptionScope}/providers/${type}/ascScore`,
    name: "ascScore",
    type,
    properties: { displayName: "ASC score", score: scoreOf(max, current), weight },
  };
}

/** The controls of a subscription's score; with their definitions where they were asked for. */
export function controlDocuments(
  subscriptionScope: string,
  assessments: readonly Assessment[],
  withDefinition: boolean,
): JsonObject[] {
  return controlScores(assessments).map((score) => {
    const { control, healthy, unhealthy, notApplicable, max, current } = score;
    return {
      id: `${subscriptionScope}/providers/${type}/ascScore/secureScoreControls/${control.name}`,
      name: control.name,
      type: `${type}/secureScoreControls`,
      properties: {
        displayName: control.displayName,
        score: scoreOf(max, current),
        healthyResourceCount: healthy,
        unhealthyResourceCount: unhealthy,
        notApplicableResourceCount: notApplicable,
        weight: healthy + unhealthy,
        ...(withDefinition ? { definition: definitionOf(score) } : {}),
      },
    };
  });
}

function definitionOf({ control }: ControlScore): JsonObject {
  const { name, displayName, description, maxScore } = control;
  const concerned = recommendations.filter((each) => each.control === control);
  return {
    id: `/providers/Microsoft.Security/secureScoreControlDefinitions/${name}`,
    name,
    type: "Microsoft.Security/secureScoreControlDefinitions",
    properties: {
      displayName,
      description,
      maxScore,
      source: { sourceType: "BuiltIn" },
      assessmentDefinitions: concerned.map(({ key }) => ({
        id: `/providers/Microsoft.Security/assessmentMetadata/${key}`,
      })),
    },
  };
}
