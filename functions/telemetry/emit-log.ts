import type { LogLevel } from "@azure/functions";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import type { TraceParent } from "../../shared/domain/trace-parent.ts";
import { toExporter } from "../../shared/telemetry/sink.ts";
import { contextOf } from "../../shared/telemetry/spans.ts";

const severities: Readonly<Record<LogLevel, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  information: SeverityNumber.INFO,
  warning: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  critical: SeverityNumber.FATAL,
  none: SeverityNumber.UNSPECIFIED,
};

export interface LogEntry {
  readonly level: LogLevel;
  /** Without secrets. */
  readonly message: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly trace: TraceParent | null;
}

/** Hands a line of the log to OpenTelemetry, at its place in the trace. */
export function emitLog({ level, message, dimensions, trace }: LogEntry): void {
  if (level === "none") return;
  const timestamp = new Date();
  toExporter(() =>
    logs.getLogger("zero-trust-spokes").emit({
      body: message,
      severityNumber: severities[level],
      severityText: level,
      attributes: { ...dimensions },
      timestamp,
      ...(trace === null ? {} : { context: contextOf(trace) }),
    }),
  );
}
