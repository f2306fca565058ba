import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { accessToken } from "../entra/access-token.ts";
import { usualTokenTimes } from "../entra/token-times.ts";
import type { EventGrid } from "../events/event-grid.ts";
import { type Fault, faultKinds } from "../faults/faults.ts";
import type { SilentFlowLogs } from "../flow-simulator/silent-flow-logs.ts";
import { locations } from "../locations.ts";
import { releaseStuck } from "../operations/begin-operation.ts";
import { quotaNames } from "../quotas/quotas.ts";
import type { RecordedTraffic } from "../records/recorded-traffic.ts";
import type { AppRole } from "../seed/app-roles.ts";
import type { ReceivedTelemetry } from "../telemetry/received-telemetry.ts";
import { type ControlAnswer, type ControlCall, json, ordered, refusal } from "./control-answer.ts";
import { answerEventCall } from "./event-calls.ts";
import { answerFlowCall } from "./flow-calls.ts";
import { orderNetworkHardening } from "./network-hardening-order.ts";
import { orderResources, orderSubscriptions } from "./population-orders.ts";
import { orderResourceGraph } from "./resource-graph-order.ts";
import type { Webhooks } from "./webhook-calls.ts";

/** What the control plane works on beside the engine. */
export interface ControlPlane {
  readonly traffic: RecordedTraffic;
  readonly events: EventGrid;
  readonly webhooks: Webhooks;
  readonly telemetry: ReceivedTelemetry;
  readonly silentFlowLogs: SilentFlowLogs;
  readonly ownerPrincipalId: string;
  /** The app's roles, for new subscriptions. */
  readonly roles: readonly AppRole[];
  /** What `GET /_local/seed` shows. */
  readonly seed: () => unknown;
  /** Brings everything back to the seed. */
  readonly reset: () => Promise<void>;
}

const order = z.strictObject({
  match: z
    .strictObject({ method: z.string().optional(), pathRegex: z.string().refine(isPattern).optional() })
    .default({}),
  kind: z.enum(faultKinds),
  times: z.int().positive().default(1),
  retryAfterSeconds: z.number().positive().nullable().default(null),
  error: z
    .strictObject({ code: z.string().min(1), message: z.string().min(1) })
    .nullable()
    .default(null),
});

const tokenOrder = z.strictObject({
  lifetimeSeconds: z.number().positive().default(usualTokenTimes().lifetimeSeconds),
  servicesAheadSeconds: z.number().nonnegative().default(0),
});

const quotaOrder = z.strictObject({
  subscriptionId: z.guid(),
  location: z.enum(locations),
  name: z.enum(quotaNames),
  limit: z.int().nonnegative(),
});

/** Answers `/_local/…`: the part of local Azure that is clearly not Azure's. */
export function answerControlCall(
  engine: Engine,
  plane: ControlPlane,
  call: ControlCall,
): ControlAnswer | Promise<ControlAnswer> {
  switch (`${call.method} ${call.name}`) {
    case "GET token":
      return token(engine, plane, call.query);
    case "GET seed":
      return { status: 200, body: plane.seed() };
    case "GET requests":
      return { status: 200, stream: plane.traffic.stream() };
    case "DELETE requests":
      plane.traffic.clear();
      return { status: 204 };
    case "GET telemetry":
      return { status: 200, body: { value: plane.telemetry.list() } };
    case "DELETE telemetry":
      plane.telemetry.clear();
      return { status: 204 };
    case "GET faults":
      return { status: 200, body: { value: engine.faults.list() } };
    case "POST faults":
      return addFault(engine, call.text);
    case "DELETE faults":
      engine.faults.clear();
      releaseStuck(engine);
      return { status: 204 };
    case "POST tokens":
      return ordered(tokenOrder, call.text, (times) => Object.assign(engine.tokens, times));
    case "POST quotas":
      return ordered(quotaOrder, call.text, ({ subscriptionId, location, name, limit }) =>
        engine.quotas.setLimit(subscriptionId, location, name, limit),
      );
    case "POST subscriptions":
      return orderSubscriptions(engine, plane.roles, call.text);
    case "POST resources":
      return orderResources(engine, call.text);
    case "POST adaptive-network-hardening":
      return orderNetworkHardening(engine, call.text);
    case "POST resource-graph":
      return orderResourceGraph(engine, call.text);
    case "POST reset":
      return plane.reset().then(() => ({ status: 204 }));
    default:
      return (
        answerEventCall(plane.events, call) ??
        plane.webhooks.answer(call) ??
        answerFlowCall(engine, plane.silentFlowLogs, call) ??
        refusal(501, `Local Azure does not model ${call.method} /_local/${call.name}.`)
      );
  }
}

/** The platform owner's token; `principalId` and `resource` ask for another principal's or audience's. */
function token(engine: Engine, plane: ControlPlane, query: URLSearchParams): ControlAnswer {
  const principal = engine.directory.find(query.get("principalId") ?? plane.ownerPrincipalId);
  if (principal === undefined) return refusal(404, "No such principal.");
  const audience = query.get("resource") ?? engine.cloud.resourceManagerAudiences[0];
  return { status: 200, body: { accessToken: accessToken(engine, principal, audience) } };
}

function addFault(engine: Engine, text: string): ControlAnswer {
  const parsed = order.safeParse(json(text));
  if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
  const { match, ...rest } = parsed.data;
  const fault: Fault = {
    id: randomUUID(),
    ...rest,
    match: {
      ...(match.method === undefined ? {} : { method: match.method }),
      ...(match.pathRegex === undefined ? {} : { pathRegex: match.pathRegex }),
    },
  };
  engine.faults.add(fault);
  return { status: 201, body: fault };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "i");
    return true;
  } catch {
    return false;
  }
}
