import { createHash, randomUUID } from "node:crypto";
import { roleDefinitionId } from "../authorization/role-permissions.ts";
import type { Engine } from "../engine/engine.ts";
import { completeOperation } from "../operations/complete-operation.ts";
import { answerArmRequest } from "../requests/answer-arm-request.ts";
import type { ResourceBody } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { resourceManagerApiVersions } from "../resource-manager-api-versions.ts";
import { appIdentity, owner } from "./seed-identities.ts";

/** Writes seed resources through the very path that clients take, as the platform's owner, and ends every operation. */
export class SeedWriter {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * PUTs a resource with the newest api-version of its type.
   * @throws Error where local Azure refuses the seed
   */
  put(id: string, body: unknown): void {
    const parsed = parseResourceId(id);
    const type = this.#engine.types.get(parsed?.type ?? "");
    const before = new Set(this.#engine.operations.running().map((operation) => operation.id));
    const apiVersion = type?.apiVersions.at(-1) ?? resourceManagerApiVersions.at(-1) ?? "";
    const answer = answerArmRequest(this.#engine, {
      method: "PUT",
      path: id,
      segments: id.split("/").filter((segment) => segment !== ""),
      query: new URLSearchParams({ "api-version": apiVersion }),
      headers: {},
      text: JSON.stringify(body),
      caller: { principalId: owner.id, clientId: owner.clientId },
      operationFault: undefined,
      faultTaken: () => {},
      noteAction: () => {},
    });
    if (answer.status >= 300) throw new Error(`The seed's ${id} was refused: ${JSON.stringify(answer.body)}`);
    for (const operation of this.#engine.operations.running()) {
      if (!before.has(operation.id)) completeOperation(this.#engine, operation);
    }
    this.#engine.throttle.clear();
  }

  /** Stores what only Azure itself can make (built-in roles, the first owner), without asking anybody. */
  store(id: string, body: ResourceBody): void {
    const parsed = parseResourceId(id);
    this.#engine.resources.put({
      id,
      name: parsed?.name ?? "",
      type: parsed?.type ?? "",
      body,
      provisioningState: "Succeeded",
      etag: `W/"${randomUUID()}"`,
      lastOperation: "Seed",
      children: {},
      createdAt: new Date().toISOString(),
    });
  }

  /** Changes properties that Azure chooses by itself. */
  overwrite(id: string, properties: Readonly<Record<string, unknown>>): void {
    const stored = this.#engine.resources.stored(id);
    if (stored === undefined) throw new Error(`The seed has no ${id}.`);
    const body = { ...stored.body, properties: { ...stored.body.properties, ...properties } };
    this.#engine.resources.put({ ...stored, body });
  }

  /** Assigns a role to the app's identity at a scope, narrowed by the condition where there is one. */
  assignToApp(scopeId: string, roleId: string, condition?: string): void {
    const name = guidOf(`${scopeId} ${roleId} ${appIdentity.id}`);
    const scope = scopeId === "/" ? "" : scopeId;
    this.put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
      properties: {
        roleDefinitionId: roleDefinitionId(roleId),
        principalId: appIdentity.id,
        principalType: appIdentity.principalType,
        ...(condition === undefined ? {} : { condition, conditionVersion: "2.0" }),
      },
    });
  }
}

/** A GUID that depends on nothing but the text. */
export function guidOf(text: string): string {
  const hex = createHash("sha256").update(text.toLowerCase()).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
