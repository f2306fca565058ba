import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

/** What the HTTPS server needs, and the file by which clients trust it. */
export interface ServerCertificate {
  readonly key: string;
  /** The server's certificate, followed by that of the authority. */
  readonly cert: string;
  readonly caFile: string;
}

const day = 86_400_000;
const goodFor = 365 * day;
const renewBefore = 7 * day;

/**
 * The certificate for 127.0.0.1 and localhost, signed by an authority of this data folder's own. Both are made once and
 * kept in `{dataDir}/tls`; they are made anew when one of them ends within a week.
 */
export async function serverCertificate(dataDir: string): Promise<ServerCertificate> {
  const folder = join(dataDir, "tls");
  const caFile = join(folder, "ca.pem");
  const keyFile = join(folder, "server-key.pem");
  const certFile = join(folder, "server.pem");
  if (![caFile, keyFile, certFile].every((file) => existsSync(file) && !endsSoon(file))) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { ca, server } = await freshCertificates();
    writeFileSync(keyFile, server.private, { mode: 0o600 });
    writeFileSync(certFile, `${server.cert}\n${ca.cert}`);
    writeFileSync(caFile, ca.cert);
  }
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8"), caFile };
}

function endsSoon(file: string): boolean {
  const text = readFileSync(file, "utf8");
  if (!text.includes("BEGIN CERTIFICATE")) return false;
  return new Date(new X509Certificate(text).validTo).getTime() < Date.now() + renewBefore;
}

async function freshCertificates() {
  const notBeforeDate = new Date(Date.now() - day);
  const common = { keyType: "ec", algorithm: "sha256", notBeforeDate } as const;
  const notAfterDate = new Date(Date.now() + goodFor);
  const ca = await generate([{ name: "commonName", value: "Local Azure authority" }], {
    ...common,
    notAfterDate,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    notAfterDate,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { ca, server };
}
