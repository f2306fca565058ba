import type { BlobServiceClient } from "@azure/storage-blob";
import type { QueueServiceClient } from "@azure/storage-queue";
import { z } from "zod";

const shape = z.strictObject({
  blob: z.url(),
  queue: z.url(),
  accounts: z.array(z.strictObject({ name: z.string(), key: z.base64() })),
});

/** A service of a storage account that local Azure passes on. */
export type StorageService = "blob" | "queue";

const sharedAccessDays = 3650;

/**
 * The storage emulator behind local Azure: where it listens, and the keys of the accounts it keeps. Only local Azure knows
 * the keys; its clients come with tokens.
 */
export class BackingStorage {
  readonly #addresses: Readonly<Record<StorageService, string>>;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #sharedAccess = new Map<string, Promise<string>>();
  readonly #blobs = new Map<string, Promise<BlobServiceClient>>();
  readonly #queues = new Map<string, Promise<QueueServiceClient>>();

  /**
   * Reads the setting: JSON `{"blob", "queue", "accounts": [{"name", "key"}]}`; absent = no storage.
   * @throws ZodError or SyntaxError where it is something else
   */
  static parse(setting: string | undefined): BackingStorage | undefined {
    if (setting === undefined || setting === "") return undefined;
    const { blob, queue, accounts } = shape.parse(JSON.parse(setting));
    return new BackingStorage({ blob, queue }, new Map(accounts.map(({ name, key }) => [name, key])));
  }

  private constructor(addresses: Record<StorageService, string>, keys: ReadonlyMap<string, string>) {
    this.#addresses = addresses;
    this.#keys = keys;
  }

  /** Names of the accounts whose data has a place. */
  get accounts(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Whether the account's data has a place. */
  has(account: string): boolean {
    return this.#keys.has(account);
  }

  /** Where a service of the account is, without a slash at the end. */
  address(account: string, service: StorageService): string {
    return `${this.#addresses[service].replace(/\/$/, "")}/${account}`;
  }

  /** A query that lets any call on the account pass at the emulator, whatever its headers. */
  sharedAccess(account: string): Promise<string> {
    return kept(this.#sharedAccess, account, async () => {
      const { AccountSASPermissions, generateAccountSASQueryParameters, StorageSharedKeyCredential } = await import(
        "@azure/storage-blob"
      );
      const expiresOn = new Date(Date.now() + sharedAccessDays * 86_400_000);
      const permissions = AccountSASPermissions.parse("rwdlacupx");
      const rights = { expiresOn, permissions, services: "bq", resourceTypes: "sco" };
      const credential = new StorageSharedKeyCredential(account, this.#key(account));
      return generateAccountSASQueryParameters(rights, credential).toString();
    });
  }

  /** The account's blobs, with all rights. */
  blobs(account: string): Promise<BlobServiceClient> {
    return kept(this.#blobs, account, async () => {
      const { BlobServiceClient, StorageSharedKeyCredential } = await import("@azure/storage-blob");
      const credential = new StorageSharedKeyCredential(account, this.#key(account));
      return new BlobServiceClient(this.address(account, "blob"), credential, { retryOptions: { maxTries: 1 } });
    });
  }

  /** The account's queues, with all rights. */
  queues(account: string): Promise<QueueServiceClient> {
    return kept(this.#queues, account, async () => {
      const { QueueServiceClient, StorageSharedKeyCredential } = await import("@azure/storage-queue");
      const credential = new StorageSharedKeyCredential(account, this.#key(account));
      return new QueueServiceClient(this.address(account, "queue"), credential, { retryOptions: { maxTries: 1 } });
    });
  }

  #key(account: string): string {
    const key = this.#keys.get(account);
    if (key === undefined) throw new Error(`Local Azure has no storage behind the account '${account}'.`);
    return key;
  }
}

function kept<T>(made: Map<string, Promise<T>>, account: string, make: () => Promise<T>): Promise<T> {
  const standing = made.get(account) ?? make();
  made.set(account, standing);
  return standing;
}
