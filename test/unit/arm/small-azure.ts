import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorizationResourceTypes } from "../../../local/arm/authorization/index.ts";
import type { Engine } from "../../../local/arm/engine/engine.ts";
import { openEngine } from "../../../local/arm/engine/open-engine.ts";
import { answerArmRequest } from "../../../local/arm/requests/answer-arm-request.ts";
import type { Answer } from "../../../local/arm/requests/arm-request.ts";
import { resourceGroup } from "../../../local/arm/resource-groups/resource-group.ts";
import type { ResourceType } from "../../../local/arm/resource-type.ts";
import { SeedWriter } from "../../../local/arm/seed/seed-writer.ts";
import { Database } from "../../../local/arm/store/database.ts";

export const tenant = "99999999-9999-4999-8999-999999999999";
export const subscription = "11111111-1111-1111-1111-111111111111";
export const group = `/subscriptions/${subscription}/resourceGroups/rg`;
export const owner = "99999999-0000-4000-8000-000000000002";
export const nobody = "77777777-7777-4777-8777-000000000001";

export interface SmallAzure {
  readonly engine: Engine;
  readonly defects: unknown[];
  call(method: string, path: string, body?: unknown, options?: CallOptions): Answer;
  close(): void;
}

export interface CallOptions {
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: "lro-failed" | "lro-superseded";
}

/** An engine without a server: the given types, one subscription, one resource group, one owner, and nobody. */
export function smallAzure(types: readonly ResourceType[], speed = 0): SmallAzure {
  const folder = mkdtempSync(join(tmpdir(), "small-azure-"));
  const database = new Database(folder, "azure.db");
  const defects: unknown[] = [];
  const resourceTypes = [resourceGroup, ...authorizationResourceTypes, ...types];
  const report = (defect: unknown) => defects.push(defect);
  const engine = openEngine({ tenantId: tenant, speed, database, resourceTypes, providerOperations: [], report });
  engine.directory.put({ id: owner, principalType: "ServicePrincipal", displayName: "owner" });
  engine.directory.put({ id: nobody, principalType: "User", displayName: "nobody" });
  engine.subscriptions.add({ subscriptionId: subscription, displayName: "one", registered: ["Contoso.Widgets"] });
  const seed = new SeedWriter(engine);
  seed.store("/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000003", {
    properties: {
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
      principalId: owner,
      scope: "/",
    },
  });
  seed.put(group, { location: "westeurope" });
  const call: SmallAzure["call"] = (method, path, body, options = {}) => {
    const [rawPath = "", query = ""] = path.split("?");
    return answerArmRequest(engine, {
      method,
      path: rawPath,
      segments: rawPath.split("/").filter((segment) => segment !== ""),
      query: new URLSearchParams(query === "" ? "api-version=2025-01-01" : query),
      headers: options.headers ?? {},
      text: body === undefined ? "" : JSON.stringify(body),
      caller: { principalId: options.as ?? owner, clientId: undefined },
      operationFault: options.fault && { kind: options.fault, error: null },
      faultTaken: () => {},
      noteAction: () => {},
    });
  };
  return {
    engine,
    defects,
    call,
    close: () => {
      engine.clock.stop();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
