import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { RpcTypedData } from "./core/core-api.ts";
import { FunctionRegistry } from "./core/function-registry.ts";
import { createInvoker } from "./core/invoker.ts";
import { loadApp } from "./core/load-app.ts";
import { createDurableEngine } from "./durable/engine.ts";
import { serveManagementApi } from "./durable/management-api.ts";
import { clientBinding, type ManagementAddress } from "./durable/management-urls.ts";
import { keepValue, openDatabase } from "./durable/store/database.ts";
import { readHostConfiguration, readLocalSettings } from "./host-configuration.ts";
import type { HostOptions } from "./host-options.ts";
import type { RequestHandler } from "./http/http-message.ts";
import { listen } from "./http/server.ts";
import { noSignIn, readSignIn } from "./http/sign-in.ts";
import { writeAppLog } from "./log.ts";
import { applyPlatformSettings } from "./platform-settings.ts";
import { serveAdmin } from "./triggers/admin.ts";
import { serveEventGrid } from "./triggers/event-grid.ts";
import { serveHttpTriggers } from "./triggers/http-trigger.ts";
import { createQueueTriggers } from "./triggers/queue-trigger.ts";
import { createTimerTriggers } from "./triggers/timer-trigger.ts";

/** How long requests and activities that run may take to end when the host stops. */
const graceMilliseconds = 5000;

/** A host that serves an app. */
export interface Host {
  url: string;
  /** Ends what runs, at most for the grace; what is left undone is taken up by the next start. */
  stop(): Promise<void>;
}

/**
 * Starts the host: listens, loads the app into this process, and takes up what an earlier process left undone.
 * @throws whatever keeps the app from running whole: an unsupported binding, a broken configuration, a locked data folder
 */
export async function startHost(options: HostOptions, log: Logger): Promise<Host> {
  const report = (message: string, error?: unknown) => log.error({ err: error }, message);
  const configuration = readHostConfiguration(options.root);
  const database = openDatabase(options.data);
  const authenticate = options.signInFile === undefined ? noSignIn : readSignIn(options.signInFile);

  let handlers: RequestHandler[] = [async () => ({ status: 503, headers: [["Retry-After", "1"]] })];
  const server = await listen(options.port, authenticate, (request) => firstAnswer(handlers, request), report);
  const hostName = `127.0.0.1:${server.port}`;
  applyPlatformSettings(readLocalSettings(options.root), hostName, options.signInFile !== undefined);

  const address: ManagementAddress = {
    origin: `http://${hostName}`,
    hubName: configuration.durable.hubName,
    key: keepValue(database, "systemKey", () => randomBytes(32).toString("base64url")),
  };
  const registry = new FunctionRegistry((level, category, message) => writeAppLog(log, level, message, { category }));
  const client: RpcTypedData = { json: JSON.stringify(clientBinding(address)) };
  const invoke = createInvoker({
    registry,
    bindingValue: () => client,
    log: (level, category, message, name, invocationId) =>
      writeAppLog(log, level, message, { category, function: name, invocationId }),
  });
  process.chdir(options.root);
  await loadApp(options.root, registry);

  const engine = createDurableEngine(database, registry, invoke, configuration.durable, report, (message) =>
    log.warn(message),
  );
  const timers = createTimerTriggers(database, registry, invoke, process.env, report);
  const queues = await createQueueTriggers(registry, invoke, configuration.queues, process.env, report);
  handlers = [
    serveManagementApi({ engine, registry, address }),
    serveEventGrid(registry, invoke, report),
    serveAdmin(registry, invoke, (registered) => timers.triggerValue(registered, false), report),
    serveHttpTriggers(registry, invoke, configuration.routePrefix, report),
  ];
  engine.start();
  timers.start();
  queues.start();
  return {
    url: address.origin,
    stop: async () => {
      timers.stop();
      const grace = new Promise((resolve) => setTimeout(resolve, graceMilliseconds).unref());
      // Activities first: they may still call this host through the durable client.
      const ended = Promise.all([engine.stop(), queues.stop()]);
      await Promise.race([ended.then(() => server.close(graceMilliseconds)), grace]);
      await registry.runHooks("appTerminate", { hookData: {} });
      database.close();
    },
  };
}

async function firstAnswer(handlers: RequestHandler[], request: Parameters<RequestHandler>[0]) {
  for (const handle of handlers) {
    const response = await handle(request);
    if (response) {
      return response;
    }
  }
  return undefined;
}
