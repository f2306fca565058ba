import type { Engine } from "../engine/engine.ts";
import { beginOperation } from "../operations/begin-operation.ts";
import { LiveCompletionContext } from "../operations/completion-context.ts";
import { operationHeaders } from "../operations/operation-uri.ts";
import { tellSynchronous } from "../operations/tell-synchronous.ts";
import type { Answer } from "../requests/arm-request.ts";
import { jsonBody } from "../requests/request-body.ts";
import type { ActionDefinition } from "../resource-type.ts";
import type { ActionContext } from "../world.ts";
import type { ResourceCall } from "./resource-call.ts";
import { standing } from "./standing-resource.ts";
import { LiveWriteContext } from "./write-context.ts";

/** A POST action or GET query on a resource, answered at once or as a long-running operation. */
export function invokeAction(engine: Engine, call: ResourceCall, definition: ActionDefinition): Answer {
  const { request, id, apiVersion, action } = call;
  const resource = standing(engine, call);
  const parts = { id, apiVersion, query: request.query, caller: request.caller, action };
  const context: ActionContext = Object.assign(new LiveWriteContext(engine, parts), { resource });
  const given = jsonBody(request.text);
  const { status = 200, body } = definition.invoke(context, given);
  const effects = () => definition.completed?.(new LiveCompletionContext(engine, resource, request.caller), given);
  if (definition.longRunning === undefined) {
    engine.database.transaction(effects);
    engine.clock.tick();
    if (request.method === "POST") {
      tellSynchronous(engine, request, { kind: "Action", resourceId: id.id, action, known: true });
    }
    return { status, body };
  }
  const operation = engine.database.transaction(() => {
    effects();
    return beginOperation(engine, request, {
      kind: "action",
      name: action,
      id,
      location: resource.body.location ?? "global",
      apiVersion,
      longRunning: definition.longRunning,
      seconds: definition.seconds ?? 1,
      domains: [],
      touched: [],
      supersedes: [],
      result: { status, body },
    });
  });
  engine.clock.tick();
  return { status: 202, headers: operationHeaders(engine, operation) };
}
