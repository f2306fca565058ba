import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverCertificate } from "../../../local/arm/server/certificate-authority.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the server's certificate", () => {
  it("is for 127.0.0.1 and localhost, signed by an authority of its own", async () => {
    const { cert, caFile } = await serverCertificate(folder);
    const server = new X509Certificate(cert);
    const ca = new X509Certificate(readFileSync(caFile));
    expect(server.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(server.checkHost("localhost")).toBe("localhost");
    expect(server.verify(ca.publicKey)).toBe(true);
    expect([ca.ca, server.ca]).toEqual([true, false]);
  });

  it("is kept, and made anew when it ends within a week", async () => {
    const first = await serverCertificate(folder);
    expect((await serverCertificate(folder)).cert).toBe(first.cert);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const ending = await generate([{ name: "commonName", value: "localhost" }], {
      keyType: "ec",
      notAfterDate: tomorrow,
    });
    writeFileSync(join(folder, "tls", "server.pem"), ending.cert);
    const renewed = await serverCertificate(folder);
    expect(new Date(new X509Certificate(renewed.cert).validTo).getTime()).toBeGreaterThan(tomorrow.getTime());
  });
});
