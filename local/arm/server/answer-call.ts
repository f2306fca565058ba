import { randomUUID } from "node:crypto";
import type { ControlAnswer } from "../control-plane/control-answer.ts";
import { answerControlCall, type ControlPlane } from "../control-plane/control-plane.ts";
import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import { bearerCaller } from "../entra/bearer-caller.ts";
import { answerIdentityCall, type IdentityEndpoint } from "../entra/managed-identity-route.ts";
import type { TokenClaims } from "../entra/token-claims.ts";
import { answerEntraCall, type ClientSecret } from "../entra/token-routes.ts";
import { faultRefusal } from "../faults/fault-answer.ts";
import { type Fault, operationFaultOf } from "../faults/faults.ts";
import { answerGraphCall } from "../graph/answer-graph-call.ts";
import type { ConditionalAccessPolicies } from "../graph/conditional-access.ts";
import type { CallOrigin } from "../operations/ended-change.ts";
import type { KeptRecords } from "../records/kept-records.ts";
import { redactedBody } from "../records/redacted-body.ts";
import { answerArmRequest, refusalsAsAnswers } from "../requests/answer-arm-request.ts";
import { plainPath } from "../requests/arm-path.ts";
import type { Answer } from "../requests/arm-request.ts";
import type { IncomingCall, OutgoingAnswer } from "./https-server.ts";

/** Everything behind the server. */
export interface Backend {
  readonly engine: Engine;
  readonly plane: ControlPlane;
  readonly policies: ConditionalAccessPolicies;
  readonly owner: ClientSecret;
  readonly identity: IdentityEndpoint;
  readonly keptRecords: KeptRecords;
}

const gatewayTimeoutSeconds = 60;
const correlation = "x-ms-correlation-request-id";

/** Answers a call to any of the services behind the one address, records it, and lets it meet its fault. */
export function answerCall(backend: Backend, received: IncomingCall): OutgoingAnswer | Promise<OutgoingAnswer> {
  const started = performance.now();
  const call = withCorrelation(received);
  const time = new Date().toISOString();
  const [rawPath = "/", rawQuery = ""] = splitUrl(call.url);
  const query = new URLSearchParams(rawQuery);
  const control = /^\/+_local\/(.*)$/.exec(rawPath)?.[1];
  if (control !== undefined) return controlAnswer(backend, call, control, query);
  const noted: Noted = { action: null };
  const claims = readToken((call.headers.authorization ?? "").replace(/^Bearer /i, ""));
  const path = rawPath.replaceAll(/\/{2,}/g, "/");
  const fault = backend.engine.faults.find(call.method, path);
  const outcome = defectsAsAnswers(backend, call, () =>
    faulted(backend, call, { rawPath, query, noted, fault, path, claims }),
  );
  const status = "drop" in outcome ? 0 : outcome.status;
  const body = redactedBody(call.text);
  const [apiVersion, caller] = [query.get("api-version"), claims?.oid ?? null];
  if (call.method === "PUT" && status >= 200 && status < 300)
    backend.keptRecords.add("writes", { caller, path, apiVersion, body });
  backend.plane.traffic.add({
    time,
    method: call.method,
    url: call.url,
    apiVersion,
    caller,
    action: noted.action,
    body,
    status,
    durationMs: Math.round((performance.now() - started) * 1000) / 1000,
  });
  return outcome;
}

/** Whoever names no correlation id gets one, which the answer and the events of the change then share. */
function withCorrelation(call: IncomingCall): IncomingCall {
  if (call.headers[correlation] !== undefined) return call;
  return { ...call, headers: { ...call.headers, [correlation]: randomUUID() } };
}

function originOf(call: IncomingCall, claims: TokenClaims | undefined): CallOrigin | undefined {
  if (claims === undefined) return undefined;
  const { method, url, headers, clientIpAddress } = call;
  const correlationId = headers[correlation] ?? "";
  const clientRequestId = headers["x-ms-client-request-id"] ?? "";
  return { correlationId, clientRequestId, clientIpAddress, method, url, claims };
}

function defectsAsAnswers(backend: Backend, call: IncomingCall, work: () => OutgoingAnswer): OutgoingAnswer {
  try {
    return work();
  } catch (defect) {
    backend.engine.report(defect);
    const message = `Local Azure has a defect: ${defect instanceof Error ? defect.message : String(defect)}`;
    return outgoing({ status: 500, body: { error: { code: "InternalServerError", message } } }, call);
  }
}

interface Noted {
  action: string | null;
}

interface CallParts {
  readonly rawPath: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly noted: Noted;
  readonly fault: Fault | undefined;
  readonly claims: TokenClaims | undefined;
}

function faulted(backend: Backend, call: IncomingCall, parts: CallParts): OutgoingAnswer {
  const { fault, path, claims } = parts;
  const { engine } = backend;
  if (fault?.kind === "connection-reset") {
    engine.faults.meet(fault);
    return { drop: { afterMilliseconds: 0 } };
  }
  const refused = fault === undefined ? undefined : faultRefusal(fault, call.method, path, claims?.oid ?? "");
  if (fault !== undefined && refused !== undefined) {
    engine.faults.meet(fault);
    return outgoing(
      refusalsAsAnswers(() => {
        throw refused;
      }),
      call,
    );
  }
  const answer = dispatch(backend, call, parts);
  if (fault?.kind !== "timeout") return outgoing(answer, call);
  engine.faults.meet(fault);
  const seconds = engine.speed === 0 ? 1 : Math.max(1, gatewayTimeoutSeconds / engine.speed);
  return { drop: { afterMilliseconds: seconds * 1000 } };
}

function dispatch(backend: Backend, call: IncomingCall, parts: CallParts): Answer {
  const { engine } = backend;
  return refusalsAsAnswers(() => {
    const segments = plainPath(parts.rawPath);
    const { authorization } = call.headers;
    const { query } = parts;
    const { method, text } = call;
    if (method === "GET" && segments.join("/").toLowerCase() === "msi/token") {
      return answerIdentityCall(engine, backend.identity, query, call.headers["x-identity-header"]);
    }
    if (segments[0]?.toLowerCase() === "v1.0") {
      return answerGraphCall(engine, backend.policies, { method, segments, query, authorization, text });
    }
    const entra = answerEntraCall(engine, backend.owner, { method, segments, text });
    if (entra !== undefined) return entra;
    const { fault, noted } = parts;
    return answerArmRequest(engine, {
      method,
      path: `/${segments.join("/")}`,
      segments,
      query,
      headers: call.headers,
      text,
      caller: bearerCaller(engine, authorization),
      origin: originOf(call, parts.claims),
      operationFault: operationFaultOf(fault),
      faultTaken: () => fault !== undefined && engine.faults.meet(fault),
      noteAction: (action) => {
        noted.action = action;
      },
    });
  });
}

function controlAnswer(
  backend: Backend,
  { method, headers, text }: IncomingCall,
  name: string,
  query: URLSearchParams,
): OutgoingAnswer | Promise<OutgoingAnswer> {
  const answer = answerControlCall(backend.engine, backend.plane, { method, name, query, headers, text });
  return answer instanceof Promise ? answer.then(controlPayload) : controlPayload(answer);
}

function controlPayload(answer: ControlAnswer): OutgoingAnswer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  if (answer.stream !== undefined) return { status: answer.status, headers, payload: answer.stream };
  return {
    status: answer.status,
    ...(answer.body === undefined ? {} : { headers, payload: JSON.stringify(answer.body) }),
  };
}

function outgoing(answer: Answer, call: IncomingCall): OutgoingAnswer {
  const id = call.headers["x-ms-client-request-id"];
  const headers: Record<string, string> = {
    "cache-control": "no-cache",
    "x-ms-request-id": randomUUID(),
    [correlation]: call.headers[correlation] ?? randomUUID(),
    ...(id === undefined ? {} : { "x-ms-client-request-id": id }),
    ...answer.headers,
  };
  const payload = answer.json ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
  if (payload === undefined) return { status: answer.status, headers };
  headers["content-type"] = "application/json; charset=utf-8";
  return { status: answer.status, headers, payload };
}

function splitUrl(url: string): readonly string[] {
  const at = url.indexOf("?");
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}
