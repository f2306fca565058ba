import { randomUUID } from "node:crypto";
import { answerControlCall, type ControlPlane } from "../control-plane/control-plane.ts";
import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import { bearerCaller } from "../entra/bearer-caller.ts";
import { answerIdentityCall, type IdentityEndpoint } from "../entra/managed-identity-route.ts";
import { answerEntraCall, type ClientSecret } from "../entra/token-routes.ts";
import { faultRefusal } from "../faults/fault-answer.ts";
import { type Fault, operationFaultOf } from "../faults/faults.ts";
import { answerGraphCall } from "../graph/answer-graph-call.ts";
import type { ConditionalAccessPolicies } from "../graph/conditional-access.ts";
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
}

const gatewayTimeoutSeconds = 60;

/** Answers a call to any of the services behind the one address, records it, and lets it meet its fault. */
export function answerCall(backend: Backend, call: IncomingCall): OutgoingAnswer {
  const started = performance.now();
  const time = new Date().toISOString();
  const [rawPath = "/", rawQuery = ""] = splitUrl(call.url);
  const query = new URLSearchParams(rawQuery);
  const control = /^\/+_local\/([^/]*)$/.exec(rawPath)?.[1];
  if (control !== undefined) return controlAnswer(backend, call, control, query);
  const noted: Noted = { action: null };
  const claims = readToken((call.headers.authorization ?? "").replace(/^Bearer /i, ""));
  const path = rawPath.replaceAll(/\/{2,}/g, "/");
  const fault = backend.engine.faults.find(call.method, path);
  const outcome = defectsAsAnswers(backend, call, () =>
    faulted(backend, call, { rawPath, query, noted, fault, path, principalId: claims?.oid ?? "" }),
  );
  backend.plane.traffic.add({
    time,
    method: call.method,
    url: call.url,
    apiVersion: query.get("api-version"),
    caller: claims?.oid ?? null,
    action: noted.action,
    body: redactedBody(call.text),
    status: "drop" in outcome ? 0 : outcome.status,
    durationMs: Math.round((performance.now() - started) * 1000) / 1000,
  });
  return outcome;
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
  readonly principalId: string;
}

function faulted(backend: Backend, call: IncomingCall, parts: CallParts): OutgoingAnswer {
  const { fault, path, principalId } = parts;
  const { engine } = backend;
  if (fault?.kind === "connection-reset") {
    engine.faults.meet(fault);
    return { drop: { afterMilliseconds: 0 } };
  }
  const refused = fault === undefined ? undefined : faultRefusal(fault, call.method, path, principalId);
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
      operationFault: operationFaultOf(fault),
      faultTaken: () => fault !== undefined && engine.faults.meet(fault),
      noteAction: (action) => {
        noted.action = action;
      },
    });
  });
}

function controlAnswer(backend: Backend, call: IncomingCall, name: string, query: URLSearchParams): OutgoingAnswer {
  const answer = answerControlCall(backend.engine, backend.plane, {
    method: call.method,
    name,
    query,
    headers: call.headers,
    text: call.text,
  });
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
    "x-ms-correlation-request-id": call.headers["x-ms-correlation-request-id"] ?? randomUUID(),
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
