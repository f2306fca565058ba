/** Says that it is ready, with its port and environment, and serves until SIGTERM (or despite it: `--deaf`). */
import { spawn } from "node:child_process";
import { createServer } from "node:http";

const server = createServer((_, response) => response.end("here"));
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  // A process of its own, which nobody but the supervisor could end.
  const inner = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log("starting");
  console.log(JSON.stringify({ ready: true, port, pid: process.pid, inner: inner.pid, environment: process.env }));
});
process.on("SIGTERM", () => {
  if (!process.argv.includes("--deaf")) process.exit(0);
});
