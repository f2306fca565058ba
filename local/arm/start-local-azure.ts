import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyBaseLogger } from "fastify";
import type { Cloud } from "./cloud.ts";
import { Webhooks } from "./control-plane/webhook-calls.ts";
import { emptyEngine, openEngine } from "./engine/open-engine.ts";
import { EventGrid } from "./events/event-grid.ts";
import { SilentFlowLogs } from "./flow-simulator/silent-flow-logs.ts";
import { ConditionalAccessPolicies } from "./graph/conditional-access.ts";
import type { KeptRecords } from "./records/kept-records.ts";
import { ReceivedWebhooks } from "./records/received-webhooks.ts";
import { RecordedTraffic } from "./records/recorded-traffic.ts";
import { providerOperations, resourceTypes } from "./resource-types.ts";
import { type AppRole, seedAppRoles } from "./seed/app-roles.ts";
import { applySeed, seedSummary } from "./seed/apply-seed.ts";
import { appIdentity, owner, ownerSecret, tenantId } from "./seed/seed-identities.ts";
import { answerCall } from "./server/answer-call.ts";
import { serverCertificate } from "./server/certificate-authority.ts";
import { httpsServer } from "./server/https-server.ts";
import type { BackingStorage } from "./storage-data/backing-storage.ts";
import { serveStorage } from "./storage-data/serve-storage.ts";
import { StorageMirror } from "./storage-data/storage-mirror.ts";
import { Database } from "./store/database.ts";
import { PersistentMap } from "./store/persistent-map.ts";
import { ReceivedTelemetry } from "./telemetry/received-telemetry.ts";
import { serveTelemetry } from "./telemetry/serve-telemetry.ts";

export interface LocalAzureOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** The public cloud where it is absent. */
  readonly cloud?: Cloud | undefined;
  /** How many times faster than Azure; 0 = at once. */
  readonly speed: number;
  readonly roles: readonly AppRole[];
  /** The data behind storage accounts; undefined where there is none. */
  readonly storage?: BackingStorage | undefined;
  readonly logger: FastifyBaseLogger;
  /** Takes what shall outlive the data folder. */
  readonly keptRecords: KeptRecords;
}

/** A running local Azure. */
export interface RunningLocalAzure {
  readonly url: string;
  readonly caFile: string;
  readonly identityEndpoint: string;
  readonly identityHeader: string;
  close(): Promise<void>;
}

/** Opens the store, seeds it where it is new, resumes running operations, and listens on 127.0.0.1. */
export async function startLocalAzure(options: LocalAzureOptions): Promise<RunningLocalAzure> {
  const { dataDir, cloud, speed, roles, logger, storage, keptRecords } = options;
  const certificate = await serverCertificate(dataDir);
  const database = new Database(dataDir, "azure.db");
  const records = new Database(dataDir, "requests.db");
  const traffic = new RecordedTraffic(records);
  const policies = new ConditionalAccessPolicies(database);
  const settings = new PersistentMap<string>(database, "settings");
  const report = (defect: unknown) => logger.error(defect);
  const engine = openEngine({ tenantId, cloud, speed, database, resourceTypes, providerOperations, report, storage });
  const events = new EventGrid(engine);
  if (keptRecords.keeps) engine.access.onGranted = (permission) => keptRecords.add("permissions", permission);
  const mirror = storage === undefined ? undefined : new StorageMirror(engine, storage);
  const silentFlowLogs = new SilentFlowLogs(engine);
  const webhooks = new Webhooks(new ReceivedWebhooks(records));
  const telemetry = new ReceivedTelemetry();
  const seed = () => {
    if (engine.subscriptions.all().length === 0) applySeed(engine);
    seedAppRoles(engine, roles);
  };
  seed();
  if (!settings.has("identityHeader")) settings.set("identityHeader", randomUUID());
  const identityHeader = settings.get("identityHeader") ?? "";
  const backend = {
    engine,
    policies,
    keptRecords,
    owner: { clientId: owner.clientId, clientSecret: ownerSecret },
    identity: { identityHeader, clientId: appIdentity.clientId },
    plane: {
      traffic,
      events,
      webhooks,
      telemetry,
      silentFlowLogs,
      ownerPrincipalId: owner.id,
      roles,
      seed: seedSummary,
      reset: async () => {
        emptyEngine(engine);
        mirror?.empty();
        policies.clear();
        traffic.clear();
        events.clear();
        webhooks.clear();
        telemetry.clear();
        silentFlowLogs.clear();
        seed();
        await mirror?.settled();
      },
    },
  };
  const server = httpsServer(
    certificate,
    logger,
    (call) => answerCall(backend, call),
    (incoming, outgoing) =>
      serveTelemetry(engine, telemetry, incoming, outgoing) || serveStorage(engine, traffic, incoming, outgoing),
  );
  await server.listen({ host: "127.0.0.1", port: options.port });
  const { port } = server.server.address() as AddressInfo;
  engine.baseUrl = `https://127.0.0.1:${port}`;
  engine.clock.tick();
  mirror?.start();
  events.start();
  return {
    url: engine.baseUrl,
    caFile: certificate.caFile,
    identityEndpoint: `${engine.baseUrl}/msi/token`,
    identityHeader,
    close: async () => {
      engine.clock.stop();
      mirror?.stop();
      await events.stop();
      await server.close();
      records.close();
      database.close();
    },
  };
}
