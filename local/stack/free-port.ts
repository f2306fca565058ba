import { createServer } from "node:net";
import { deferred } from "./deferred.ts";
import { StackError } from "./stack-error.ts";

/** Throws StackError where something else listens on the port; 0 (any free port) is always right. */
export async function assertPortIsFree(port: number, setting: string): Promise<void> {
  if (port === 0) return;
  const { promise, resolve, reject } = deferred<void>();
  const probe = createServer();
  probe.once("error", (error) =>
    reject(
      new StackError(
        `Port ${port} cannot be used (${"code" in error ? error.code : error.message}). Free it, or set ${setting} to another port (0 = any free one).`,
      ),
    ),
  );
  probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve()));
  await promise;
}
