import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { deferred } from "./deferred.ts";
import { StackError } from "./stack-error.ts";

/** Below the ports that systems give to outgoing connections, which would take a chosen one again at once. */
const portRange = { first: 12_000, last: 30_000 };

/** Ports on which nothing listens now. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(portRange.first, portRange.last);
    const free = await assertPortIsFree(port, "the port").then(
      () => true,
      () => false,
    );
    if (free) found.add(port);
  }
  return [...found];
}

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
