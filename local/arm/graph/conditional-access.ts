import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Database } from "../store/database.ts";
import { PersistentMap } from "../store/persistent-map.ts";
import { GraphError } from "./graph-error.ts";

const states = ["enabled", "disabled", "enabledForReportingButNotEnforced"];

/** The tenant's Conditional Access policies. Source: Microsoft Graph, "conditionalAccessPolicy resource type". */
export class ConditionalAccessPolicies {
  readonly #policies: PersistentMap<JsonObject>;

  constructor(database: Database) {
    this.#policies = new PersistentMap(database, "conditional_access_policies");
  }

  list(): readonly JsonObject[] {
    return [...this.#policies.values()];
  }

  /** @throws GraphError 400 for a policy without name, valid state or conditions */
  create(body: unknown): JsonObject {
    const given = isJsonObject(body) ? body : {};
    const { displayName, state, conditions, grantControls, sessionControls } = given;
    if (typeof displayName !== "string" || displayName === "") throw badRequest("1002: displayName is required.");
    if (typeof state !== "string" || !states.includes(state)) throw badRequest("1004: state is invalid.");
    if (!isJsonObject(conditions)) throw badRequest("1007: conditions are required.");
    if (!isJsonObject(conditions.users) || !isJsonObject(conditions.applications)) {
      throw badRequest("1007: conditions need users and applications.");
    }
    if (!isJsonObject(grantControls) && !isJsonObject(sessionControls)) {
      throw badRequest("1009: a policy needs grantControls or sessionControls.");
    }
    const policy = {
      id: randomUUID(),
      createdDateTime: new Date().toISOString(),
      modifiedDateTime: null,
      displayName,
      state,
      conditions,
      grantControls: grantControls ?? null,
      sessionControls: sessionControls ?? null,
    };
    this.#policies.set(policy.id, policy);
    return policy;
  }

  /**
   * Takes over name and state.
   * @throws GraphError 404 for an unknown policy, 400 for an invalid state, 501 for any other property
   */
  update(id: string, body: unknown): void {
    const standing = this.#standing(id);
    const { displayName = standing.displayName, state = standing.state, ...others } = isJsonObject(body) ? body : {};
    const [other] = Object.keys(others);
    if (other !== undefined) {
      throw new GraphError(501, "NotImplementedByLocalAzure", `Local Azure does not model a change of ${other}.`);
    }
    if (typeof state !== "string" || !states.includes(state)) throw badRequest("1004: state is invalid.");
    this.#policies.set(id, { ...standing, displayName, state, modifiedDateTime: new Date().toISOString() });
  }

  /** @throws GraphError 404 for an unknown policy */
  remove(id: string): void {
    this.#standing(id);
    this.#policies.delete(id);
  }

  #standing(id: string): JsonObject {
    const policy = this.#policies.get(id);
    if (policy !== undefined) return policy;
    throw new GraphError(404, "ResourceNotFound", `'${id}' does not exist in the directory.`);
  }

  clear(): void {
    this.#policies.clear();
  }
}

function badRequest(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}
