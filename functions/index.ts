import * as df from "durable-functions";
import { applyResource } from "./activities/apply-resource.ts";
import { finishRun } from "./activities/finish-run.ts";
import { activityNames } from "./activities/names.ts";
import { planSpoke } from "./activities/plan-spoke.ts";
import { compose } from "./composition.ts";
import { changeSpoke } from "./http/change-spoke.ts";
import { getOpenApi } from "./http/get-open-api.ts";
import { getSpoke } from "./http/get-spoke.ts";
import { listSpokes } from "./http/list-spokes.ts";
import { previewSpoke } from "./http/preview-spoke.ts";
import { requestSpoke } from "./http/request-spoke.ts";
import { registerRoute } from "./http/route.ts";
import { applyLane } from "./orchestrators/apply-lane.ts";
import { orchestratorNames } from "./orchestrators/names.ts";
import { provisionSpoke } from "./orchestrators/provision-spoke.ts";

const composition = compose(process.env);

registerRoute(composition, requestSpoke(composition));
registerRoute(composition, changeSpoke(composition));
registerRoute(composition, previewSpoke(composition));
registerRoute(composition, listSpokes(composition));
registerRoute(composition, getSpoke(composition));
registerRoute(composition, getOpenApi());

df.app.orchestration(orchestratorNames.provisionSpoke, provisionSpoke);
df.app.orchestration(orchestratorNames.applyLane, applyLane);

df.app.activity(activityNames.planSpoke, { handler: planSpoke(composition) });
df.app.activity(activityNames.applyResource, { handler: applyResource(composition) });
df.app.activity(activityNames.finishRun, { handler: finishRun(composition) });
