import { createHash } from "node:crypto";
import { isJsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";

/** One of the two keys of a storage account. */
export interface StorageAccountKey {
  readonly keyName: string;
  /** 64 bytes, base64. */
  readonly value: string;
  readonly permissions: "FULL";
  readonly creationTime: string;
}

/** The keys of an account: made of its id and their creation times, so that none has to be stored. */
export function storageAccountKeys(account: Resource): StorageAccountKey[] {
  const created = account.body.properties.keyCreationTime;
  return ["key1", "key2"].map((keyName) => {
    const creationTime = isJsonObject(created) ? String(created[keyName]) : "";
    const value = createHash("sha512")
      .update(`${account.id.toLowerCase()}|${keyName}|${creationTime}`)
      .digest("base64");
    return { keyName, value, permissions: "FULL", creationTime };
  });
}
