import * as df from "durable-functions";
import { applyResource } from "./activities/apply-resource.ts";
import { enforceFlowLogsIn } from "./activities/enforce-flow-logs-in.ts";
import { finishRun } from "./activities/finish-run.ts";
import { registerHardeningActivities } from "./activities/harden.ts";
import { activityNames } from "./activities/names.ts";
import { observeFlowLogsOfPass } from "./activities/observe-flow-logs.ts";
import { planSpoke } from "./activities/plan-spoke.ts";
import { settleApproval } from "./activities/settle-approval.ts";
import { registerSweepActivities } from "./activities/sweep-compliance.ts";
import { compose } from "./composition.ts";
import { entityNames } from "./entities/names.ts";
import { networkResource } from "./entities/network-resource.ts";
import { registerOnNetworkChange } from "./events/on-network-change.ts";
import { registerOnNetworkChangeQueued } from "./events/on-network-change-queued.ts";
import { registerRoute } from "./http/route.ts";
import { routes } from "./http/routes.ts";
import { applyHardeningRun } from "./orchestrators/apply-hardening-run.ts";
import { applyLane } from "./orchestrators/apply-lane.ts";
import { enforceFlowLogsRun } from "./orchestrators/enforce-flow-logs-run.ts";
import { orchestratorNames } from "./orchestrators/names.ts";
import { provisionSpoke } from "./orchestrators/provision-spoke.ts";
import { sweepComplianceRun } from "./orchestrators/sweep-compliance-run.ts";
import { sweepSubscription } from "./orchestrators/sweep-subscription.ts";
import { nextPass } from "./passes.ts";
import { timerSchedules } from "./settings/timer-schedules.ts";
import { registerTelemetry } from "./telemetry/register-telemetry.ts";
import { registerApplyHardening } from "./timers/apply-hardening.ts";
import { registerEnforceFlowLogs } from "./timers/enforce-flow-logs.ts";
import { registerForgetOldChanges } from "./timers/forget-old-changes.ts";
import { registerReplayNetworkEvents } from "./timers/replay-network-events.ts";
import { registerResumeRuns } from "./timers/resume-runs.ts";
import { registerSettleNetworkChanges } from "./timers/settle-network-changes.ts";
import { registerSweepCompliance } from "./timers/sweep-compliance.ts";

registerTelemetry(process.env);

const composition = compose(process.env);

for (const route of routes(composition)) registerRoute(composition, route);

df.app.orchestration(orchestratorNames.provisionSpoke, provisionSpoke);
// A removal is the same story with another plan: towards "absent", in reverse order.
df.app.orchestration(orchestratorNames.removeSpoke, provisionSpoke);
df.app.orchestration(orchestratorNames.applyLane, applyLane);

registerResumeRuns(composition);

df.app.orchestration(orchestratorNames.sweepComplianceRun, sweepComplianceRun);
df.app.orchestration(orchestratorNames.sweepSubscription, sweepSubscription);
registerSweepActivities(composition);

const schedules = timerSchedules(process.env);
registerSweepCompliance(composition, schedules.sweepCompliance);
registerEnforceFlowLogs(composition, schedules.enforceFlowLogs);
df.app.orchestration(orchestratorNames.enforceFlowLogsRun, enforceFlowLogsRun);
df.app.activity(activityNames.observeFlowLogs, { handler: observeFlowLogsOfPass(composition) });
df.app.activity(activityNames.enforceFlowLogsIn, { handler: enforceFlowLogsIn(composition) });

df.app.activity(activityNames.nextPass, { handler: nextPass(composition) });

registerApplyHardening(composition, schedules.applyHardening);
df.app.orchestration(orchestratorNames.applyHardeningRun, applyHardeningRun);
registerHardeningActivities(composition);

registerOnNetworkChange(composition);
registerOnNetworkChangeQueued(composition, process.env);
registerSettleNetworkChanges(composition);
registerReplayNetworkEvents(composition, process.env);
registerForgetOldChanges(composition);
df.app.entity(entityNames.networkResource, networkResource(composition));

df.app.activity(activityNames.planSpoke, { handler: planSpoke(composition) });
df.app.activity(activityNames.settleApproval, { handler: settleApproval(composition) });
df.app.activity(activityNames.applyResource, { handler: applyResource(composition) });
df.app.activity(activityNames.finishRun, { handler: finishRun(composition) });
