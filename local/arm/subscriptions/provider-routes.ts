import type { Engine } from "../engine/engine.ts";
import { invalidResourceNamespace } from "../errors/request-errors.ts";
import { locations } from "../locations.ts";
import type { Answer } from "../requests/arm-request.ts";
import type { Route, RouteCall } from "../requests/route.ts";
import { resourceManagerApiVersions as apiVersions } from "../resource-manager-api-versions.ts";
import { knownNamespaces } from "./known-namespaces.ts";

const type = "providers";
const one = "/subscriptions/{subscriptionId}/providers/{namespace}";

/** Resource providers and their registration in a subscription. */
export const providerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/providers",
    type,
    apiVersions,
    action: "Microsoft.Resources/subscriptions/providers/read",
    handle: (engine, call) => ({
      status: 200,
      body: { value: namespacesOf(engine).map((namespace) => shown(engine, call, namespace)) },
    }),
  },
  {
    method: "GET",
    path: one,
    type,
    apiVersions,
    action: "Microsoft.Resources/subscriptions/providers/read",
    handle: (engine, call) => ({ status: 200, body: shown(engine, call, namespaceOf(engine, call)) }),
  },
  {
    method: "POST",
    path: `${one}/register`,
    type,
    apiVersions,
    action: undefined,
    handle: (engine, call) => setRegistered(engine, call, true),
  },
  {
    method: "POST",
    path: `${one}/unregister`,
    type,
    apiVersions,
    action: undefined,
    handle: (engine, call) => setRegistered(engine, call, false),
  },
];

function setRegistered(engine: Engine, call: RouteCall, registered: boolean): Answer {
  const namespace = namespaceOf(engine, call);
  engine.subscriptions.setRegistered(call.parameters.subscriptionId ?? "", namespace, registered);
  return { status: 200, body: shown(engine, call, namespace) };
}

function namespacesOf(engine: Engine): readonly string[] {
  const modelled = engine.types.all().map((each) => each.type.split("/")[0] ?? "");
  return [...new Set([...knownNamespaces, ...modelled])].sort();
}

function namespaceOf(engine: Engine, { parameters }: RouteCall): string {
  const wanted = (parameters.namespace ?? "").toLowerCase();
  const namespace = namespacesOf(engine).find((each) => each.toLowerCase() === wanted);
  if (namespace === undefined) throw invalidResourceNamespace(parameters.namespace ?? "");
  return namespace;
}

function shown(engine: Engine, { scope }: RouteCall, namespace: string): Record<string, unknown> {
  const registered = engine.subscriptions.isRegistered(scope.subscriptionId ?? "", namespace);
  return {
    id: `${scope.id}/providers/${namespace}`,
    namespace,
    registrationPolicy: "RegistrationRequired",
    registrationState: registered ? "Registered" : "NotRegistered",
    resourceTypes: engine.types
      .all()
      .filter((each) => each.type.startsWith(`${namespace}/`))
      .map((each) => ({
        resourceType: each.type.slice(namespace.length + 1),
        locations: each.location === "required" ? locations : [],
        apiVersions: each.apiVersions,
      })),
  };
}
