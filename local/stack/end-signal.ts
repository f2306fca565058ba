const parentCheckMilliseconds = 1000;

/**
 * Aborts on SIGTERM, SIGINT and SIGHUP, and, beneath npm, when npm itself was killed: a shell between npm and this
 * process passes no signal on. Without npm a parent that ends means nothing (`nohup`, a service manager).
 */
export function endSignal(): AbortSignal {
  const end = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end.abort());
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end.abort(), parentCheckMilliseconds).unref();
  }
  return end.signal;
}
