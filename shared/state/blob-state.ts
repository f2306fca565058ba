import type { ContainerClient } from "@azure/storage-blob";

/** A stored document and the ETag that a later write must name. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

/** Says that a document was written by someone else since it was read (or made, where it should be new). */
export class StaleStateError extends Error {
  override readonly name = "StaleStateError";
}

/** Above what the SDK's own repetitions take. */
const usualTimeout = 90_000;

/**
 * JSON documents as blobs, with optimistic concurrency: every write names the ETag it is based on, or that the
 * document must be new.
 */
export class JsonBlobs {
  readonly #container: ContainerClient;
  readonly #timeout: number;

  /** @param timeout milliseconds after which a call without an answer is given up; the SDK would wait for ever */
  constructor(container: ContainerClient, timeout = usualTimeout) {
    this.#container = container;
    this.#timeout = timeout;
  }

  async read<T>(name: string): Promise<Stored<T> | null> {
    try {
      const answer = await this.#container.getBlobClient(name).download(0, undefined, this.#inTime());
      const text = await textOf(answer.readableStreamBody);
      return { value: JSON.parse(text) as T, etag: answer.etag ?? "" };
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  /**
   * Writes a document; `etag` null means that it must not stand yet. Answers the new ETag.
   * @throws StaleStateError where the document is not the one that the caller knows.
   */
  async write(
    name: string,
    value: unknown,
    etag: string | null,
    metadata: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const body = Buffer.from(JSON.stringify(value));
    try {
      const answer = await this.#container.getBlockBlobClient(name).uploadData(body, {
        ...this.#inTime(),
        conditions: etag === null ? { ifNoneMatch: "*" } : { ifMatch: etag },
        blobHTTPHeaders: { blobContentType: "application/json" },
        metadata: { ...metadata },
      });
      return answer.etag ?? "";
    } catch (error) {
      if (isConflict(error)) throw new StaleStateError(`${name} was written meanwhile`, { cause: error });
      throw error;
    }
  }

  /** Writes a document whatever stands, for those that one writer alone keeps. */
  overwrite(name: string, value: unknown): Promise<void> {
    return this.overwriteText(name, JSON.stringify(value));
  }

  /** The same with a document that is JSON text already. */
  async overwriteText(name: string, text: string): Promise<void> {
    await this.#container.getBlockBlobClient(name).uploadData(Buffer.from(text), {
      ...this.#inTime(),
      blobHTTPHeaders: { blobContentType: "application/json" },
    });
  }

  /** Deletes a document; answers whether there was one. */
  async remove(name: string): Promise<boolean> {
    return (await this.#container.getBlobClient(name).deleteIfExists(this.#inTime())).succeeded;
  }

  /** Adds a line to an append blob: lines of concurrent writers all arrive, whole and in some order. */
  async append(name: string, entry: unknown): Promise<void> {
    const blob = this.#container.getAppendBlobClient(name);
    const line = `${JSON.stringify(entry)}\n`;
    try {
      await blob.appendBlock(line, Buffer.byteLength(line), this.#inTime());
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      await blob.createIfNotExists(this.#inTime());
      await blob.appendBlock(line, Buffer.byteLength(line), this.#inTime());
    }
  }

  /** All lines of an append blob; empty where it does not stand. */
  async lines<T>(name: string): Promise<readonly T[]> {
    try {
      const answer = await this.#container.getBlobClient(name).download(0, undefined, this.#inTime());
      const text = await textOf(answer.readableStreamBody);
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as T);
    } catch (error) {
      if (statusOf(error) === 404) return [];
      throw error;
    }
  }

  /** Names below a prefix with the metadata given at their last write. */
  async list(prefix: string): Promise<readonly { readonly name: string; readonly metadata: Record<string, string> }[]> {
    const found: { name: string; metadata: Record<string, string> }[] = [];
    const options = { prefix, includeMetadata: true, ...this.#inTime() };
    for await (const blob of this.#container.listBlobsFlat(options)) {
      found.push({ name: blob.name, metadata: blob.metadata ?? {} });
    }
    return found;
  }

  /** The first names below a prefix, in their order. */
  async names(prefix: string, most = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const blob of this.#container.listBlobsFlat({ prefix, ...this.#inTime() })) {
      if (found.length >= most) break;
      found.push(blob.name);
    }
    return found;
  }

  #inTime(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.#timeout) };
  }
}

async function textOf(stream: NodeJS.ReadableStream | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  if (stream !== undefined) for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

const statusOf = (error: unknown): unknown => (error as { statusCode?: unknown } | null)?.statusCode;

/** 412: another ETag stands; 409: the blob was made meanwhile. */
function isConflict(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || status === 409;
}
