import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../../local/stack/stack.ts";
import { projectFolder } from "../../../local/stack/stack-options.ts";
import { type Answer, contractRequest } from "./portal.ts";

const found = spawnSync("func", ["--version"], { encoding: "utf8" });
const hasCoreTools = found.status === 0;
if (!hasCoreTools) {
  console.warn(
    "NOT RUN: the end-to-end tests on the real Functions host, because Azure Functions Core Tools (func) are not on PATH.",
  );
}

const principal = Buffer.from(
  JSON.stringify({
    auth_typ: "aad",
    role_typ: "roles",
    claims: [
      {
        typ: "http://schemas.microsoft.com/identity/claims/objectidentifier",
        val: "77777777-7777-4777-8777-000000000004",
      },
      { typ: "http://schemas.microsoft.com/identity/claims/tenantid", val: "99999999-9999-4999-8999-999999999999" },
      ...["Read", "Request", "Operate", "Approve"].map((val) => ({ typ: "roles", val })),
    ],
  }),
).toString("base64");

/** The built app as it is deployed, in a folder of its own, under the real host with the real Durable extension. */
describe.skipIf(!hasCoreTools)("on the real Functions host", () => {
  let stack: Stack;
  let host: ChildProcess;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    stack = await startStack({ azureOnly: true, speed: 0 });
    folder = mkdtempSync(join(tmpdir(), "functions-app-"));
    mkdirSync(join(folder, "dist"));
    cpSync(join(projectFolder, "dist", "functions"), join(folder, "dist", "functions"), { recursive: true });
    for (const file of ["host.json", "package.json"]) cpSync(join(projectFolder, file), join(folder, file));
    const Values = { ...stack.settings, WEBSITE_AUTH_ENABLED: "True" };
    writeFileSync(join(folder, "local.settings.json"), JSON.stringify({ IsEncrypted: false, Values }));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    host = spawn("func", ["start", "--port", String(port)], { cwd: folder, stdio: "inherit", detached: true });
    for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(500)) {
      if ((await call("GET", "/api/spokes").catch(() => null))?.status === 200) return;
    }
    throw new Error("func did not serve the app within two minutes");
  }, 240_000);

  afterAll(async () => {
    if (host?.pid !== undefined) process.kill(-host.pid, "SIGKILL");
    await stack?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function call(method: string, path: string, body?: unknown): Promise<Pick<Answer, "status" | "body">> {
    const headers = { "content-type": "application/json", "x-ms-client-principal": principal };
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  test("the contract's request becomes a spoke, and a second run writes nothing", async () => {
    expect((await call("POST", "/api/spokes", contractRequest)).status).toBe(202);
    for (const method of ["POST", "PUT"]) {
      if (method === "PUT") {
        await stack.fetchAzure("/_local/requests", { method: "DELETE" });
        expect((await call("PUT", "/api/spokes/orders-prod", contractRequest)).status).toBe(202);
      }
      let view = await call("GET", "/api/spokes/orders-prod");
      for (; !["Succeeded", "Failed"].includes(view.body.status); view = await call("GET", "/api/spokes/orders-prod")) {
        await sleep(500);
      }
      expect(view.body.error).toBeNull();
      expect(view.body.status).toBe("Succeeded");
    }
    const requests = await stack.azure.recordedRequests();
    expect(requests.filter((request) => ["PUT", "PATCH", "DELETE"].includes(request.method))).toEqual([]);
  }, 180_000);

  test("bad input is refused, and nobody without the platform's header gets in", async () => {
    const answer = await call("POST", "/api/spokes", { name: "No!" });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.length).toBeGreaterThan(3);
    expect((await fetch(`${url}/api/spokes`)).status).toBe(401);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
