import { app } from "@azure/functions";
import { redacted } from "../../shared/domain/redacted.ts";
import { currentOperation } from "../../shared/telemetry/operation.ts";
import { exportNothing, exportSoon } from "../../shared/telemetry/sink.ts";
import { emitLog } from "./emit-log.ts";
import { dimensionsOf, logLine, withPlace } from "./log-line.ts";
import { operationOfInvocation } from "./operation-of-invocation.ts";
import { redactSdkLog } from "./redact-sdk-log.ts";
import { runAsOperation } from "./run-as-operation.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Hooks around every function, those that are added tomorrow too: each runs as an operation (`operationOfInvocation`), and
 * each line of its log says which. With the setting APPLICATIONINSIGHTS_CONNECTION_STRING lines, spans and metrics go to
 * Application Insights by OpenTelemetry; the host then leaves the lines to this app ("Use OpenTelemetry with Azure Functions").
 */
export function registerTelemetry(environment: Environment): void {
  redactSdkLog();
  const connectionString = environment.APPLICATIONINSIGHTS_CONNECTION_STRING;
  if (connectionString) {
    exportSoon();
    app.setup({ capabilities: { WorkerOpenTelemetryEnabled: true } });
    app.hook.appStart(() => startInBackground(connectionString, environment.AZURE_CLIENT_ID ?? null));
    app.hook.appTerminate(async () => (await import("./exporter.ts")).stopExporter());
  }
  app.hook.preInvocation((hook) => {
    const { functionHandler, invocationContext } = hook;
    const operation = operationOfInvocation(invocationContext, hook.inputs[0]);
    const { type } = invocationContext.options.trigger;
    hook.functionHandler = (...inputs) =>
      runAsOperation(operation, type, invocationContext, () => functionHandler(...inputs));
  });
  app.hook.log((line) => {
    if (line.category !== "user") return;
    const operation = currentOperation();
    const dimensions = dimensionsOf(operation);
    const message = redacted(line.message);
    if (connectionString) emitLog({ level: line.level, message, dimensions, trace: operation?.trace ?? null });
    line.message = withPlace(message, dimensions);
  });
}

/** Functions answer before the exporter is loaded. What cannot be exported is told where the platform's log stream shows it. */
function startInBackground(connectionString: string, clientId: string | null): void {
  import("./exporter.ts")
    .then(({ startExporter }) => startExporter({ connectionString, clientId }))
    .catch((error: unknown) => {
      exportNothing();
      console.error(logLine(`Telemetry cannot be exported: ${String(error)}`, null));
    });
}
