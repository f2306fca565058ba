import { randomUUID } from "node:crypto";

/** A refusal of Azure Storage, which speaks XML. Source: Azure Storage, "Common REST API error codes". */
export class StorageRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "StorageRefusal";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** Headers and body on the wire. */
  answer(): { readonly headers: Record<string, string>; readonly body: string } {
    const id = randomUUID();
    const message = `${escaped(this.message)}\nRequestId:${id}\nTime:${new Date().toISOString()}`;
    const headers = {
      ...this.headers,
      "content-type": "application/xml",
      "x-ms-error-code": this.code,
      "x-ms-request-id": id,
    };
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${this.code}</Code><Message>${message}</Message></Error>`;
    return { headers, body };
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const unauthenticated =
  "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";

/** 401: no credential at all. */
export function noAuthenticationInformation(tenantId: string): StorageRefusal {
  return new StorageRefusal(401, "NoAuthenticationInformation", unauthenticated, challenge(tenantId));
}

/** 401: a token that Storage does not take. */
export function invalidAuthenticationInfo(tenantId: string, detail: string): StorageRefusal {
  return new StorageRefusal(401, "InvalidAuthenticationInfo", `${unauthenticated} ${detail}`, challenge(tenantId));
}

function challenge(tenantId: string): Record<string, string> {
  const authority = `https://login.microsoftonline.com/${tenantId}/oauth2/authorize`;
  return { "www-authenticate": `Bearer authorization_uri=${authority} resource_id=https://storage.azure.com` };
}

/** 403: a token whose principal holds no role for the operation. */
export function authorizationPermissionMismatch(): StorageRefusal {
  const message = "This request is not authorized to perform this operation using this permission.";
  return new StorageRefusal(403, "AuthorizationPermissionMismatch", message);
}

/** 403: a key or signature at an account that takes none. */
export function keyBasedAuthenticationNotPermitted(): StorageRefusal {
  const message = "Key based authentication is not permitted on this storage account.";
  return new StorageRefusal(403, "KeyBasedAuthenticationNotPermitted", message);
}

/** 400: a URL that means nothing, or several things. */
export function invalidUri(): StorageRefusal {
  return new StorageRefusal(400, "InvalidUri", "The requested URI does not represent any resource on the server.");
}

/** 503: Azure's word for "ask again". */
export function serverBusy(retryAfterSeconds: number | null = null): StorageRefusal {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  return new StorageRefusal(503, "ServerBusy", "The server is busy.", headers);
}

/** 501: what local Azure does not pass on. */
export function storageNotModelled(what: string): StorageRefusal {
  return new StorageRefusal(501, "NotImplementedByLocalAzure", `Local Azure does not model ${what}.`);
}
