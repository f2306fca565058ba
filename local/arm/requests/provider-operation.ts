import { authorize } from "../authorization/authorize.ts";
import type { Engine } from "../engine/engine.ts";
import { LiveWriteContext } from "../verbs/write-context.ts";
import { pathScope } from "./answer-route.ts";
import { demandApiVersion } from "./api-version.ts";
import type { Answer, ArmRequest } from "./arm-request.ts";
import { matchTemplate } from "./path-template.ts";
import { jsonBody } from "./request-body.ts";
import { refuseMissingGroup } from "./scope-checks.ts";

/** Answers a call that a provider offers beside its resource types; undefined where the path is none. */
export function answerProviderOperation(engine: Engine, request: ArmRequest): Answer | undefined {
  for (const operation of engine.providerOperations) {
    if (operation.method !== request.method) continue;
    const parameters = matchTemplate(operation.path, request.segments);
    if (parameters === undefined) continue;
    const apiVersion = demandApiVersion(request.query, operation.path, operation.apiVersions);
    const scope = pathScope(engine, request.segments);
    authorize(engine, request, scope.id, operation.action);
    refuseMissingGroup(engine, scope);
    const parts = { id: scope, apiVersion, query: request.query, caller: request.caller, action: operation.action };
    const context = Object.assign(new LiveWriteContext(engine, parts), { parameters, scope });
    const { status = 200, body } = operation.invoke(context, jsonBody(request.text));
    return { status, body };
  }
  return undefined;
}
