import { describe, expect, test } from "vitest";
import { type ArmResource, armResourcePort, type OperationOptions } from "../../../shared/azure/arm-resource.ts";
import type { AzureClients } from "../../../shared/azure/clients.ts";
import { withTransientRetry } from "../../../shared/azure/transient-retry.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";

const type = "Microsoft.Network/ipGroups";
type Type = typeof type;
interface Native {
  readonly id?: string;
  readonly etag?: string;
  readonly members: readonly string[];
}

const clients = {
  attempt: (resourceId, operation) =>
    withTransientRetry(operation, {
      resourceId,
      deadline: 1_000,
      settling: 0,
      now: () => 0,
      sleep: async () => {},
      random: () => 0,
    }),
} as Pick<AzureClients, "attempt"> as AzureClients;

const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/ipGroups/ipg";
function membership(...ipAddresses: string[]): DesiredResource<Type> {
  return { id, type, ownership: "membership", steps: [], dependsOn: [], body: { location: "westeurope", ipAddresses } };
}

function httpError(statusCode: number, code: string): Error {
  return Object.assign(new Error(code), { statusCode, code });
}

/** A resource that stands in memory under an ETag, with hooks for what others do meanwhile. */
class MemoryResource {
  standing: Native | null = null;
  reads = 0;
  readonly writes: { readonly members: readonly string[]; readonly ifMatch: string | undefined }[] = [];
  beforeWrite: () => void = () => {};
  afterWrite: () => void = () => {};
  #version = 0;

  set(members: readonly string[]): void {
    this.#version += 1;
    this.standing = { id, etag: `W/"${this.#version}"`, members };
  }

  port(options: { readonly shared: boolean }) {
    const resource: ArmResource<Type, Native> = {
      type,
      get: async () => {
        this.reads += 1;
        if (this.standing === null) throw httpError(404, "ResourceNotFound");
        return this.standing;
      },
      put: async (_path, body, { requestOptions: { headers } }: OperationOptions) => {
        this.beforeWrite();
        this.beforeWrite = () => {};
        const ifMatch = headers["If-Match"];
        this.writes.push({ members: body.members, ifMatch });
        if (ifMatch !== undefined && ifMatch !== this.standing?.etag) throw httpError(412, "PreconditionFailed");
        this.set(body.members);
        this.afterWrite();
        this.afterWrite = () => {};
      },
      remove: async () => {
        if (this.standing === null) throw httpError(404, "ResourceNotFound");
        this.standing = null;
      },
      toBody: (native) => ({ location: "westeurope", ipAddresses: native.members }),
      toNative: ({ body }, standing) => ({
        members: [...new Set([...(standing?.members ?? []), ...body.ipAddresses])],
      }),
      ...(options.shared && {
        holdsOwnMembers: (native, { body }) => body.ipAddresses.every((one) => native.members.includes(one)),
      }),
    };
    return armResourcePort(clients, resource);
  }
}

describe("a write", () => {
  test("goes out under the ETag of the observation, without reading again", async () => {
    const memory = new MemoryResource();
    memory.set(["a"]);
    const port = memory.port({ shared: false });
    const observed = await port.observe(membership("b"));
    await port.write(membership("b"), observed);
    expect(memory.reads).toBe(1);
    expect(memory.writes).toEqual([{ members: ["a", "b"], ifMatch: 'W/"1"' }]);
  });

  test("of what was just seen not to stand goes out at once; a refused one (409) looks before it is repeated", async () => {
    const memory = new MemoryResource();
    const port = memory.port({ shared: false });
    await port.write(membership("b"), await port.observe(membership("b")));
    expect(memory.reads).toBe(1);
    const late = new MemoryResource();
    late.beforeWrite = () => {
      late.set(["other"]);
      late.beforeWrite = () => {};
      throw httpError(409, "AnotherOperationInProgress");
    };
    await late.port({ shared: false }).write(membership("b"), null);
    expect(late.standing?.members).toEqual(["other", "b"]);
  });

  test.each([true, false])("that finds a newer ETag (412) reads and merges again (shared: %s)", async (shared) => {
    const memory = new MemoryResource();
    memory.set(["a"]);
    const port = memory.port({ shared });
    const observed = await port.observe(membership("b"));
    memory.beforeWrite = () => memory.set(["a", "other"]);
    await port.write(membership("b"), observed);
    expect(memory.standing?.members).toEqual(["a", "other", "b"]);
    expect(memory.writes).toHaveLength(2);
  });

  test("that makes a shared resource looks whether another maker overwrote it, and writes again", async () => {
    const memory = new MemoryResource();
    memory.afterWrite = () => memory.set(["other"]);
    await memory.port({ shared: true }).write(membership("b"), null);
    expect(memory.standing?.members).toEqual(["other", "b"]);
  });

  test("of a shared resource trusts no observation", async () => {
    const memory = new MemoryResource();
    memory.set(["a"]);
    const port = memory.port({ shared: true });
    const observed = await port.observe(membership("b"));
    memory.set(["c"]);
    await port.write(membership("b"), observed);
    expect(memory.writes).toEqual([{ members: ["c", "b"], ifMatch: 'W/"2"' }]);
  });
});

test("a removal of what does not stand is done", async () => {
  const memory = new MemoryResource();
  memory.set(["a"]);
  const port = memory.port({ shared: false });
  await port.remove(id);
  await port.remove(id);
  expect(await port.observe(membership("a"))).toBeNull();
});

test("a 404 that means a wrong question is no absence", async () => {
  const port = armResourcePort<Type, Native>(clients, {
    type,
    get: async () => Promise.reject(httpError(404, "SubscriptionNotFound")),
    put: async () => undefined,
    remove: async () => Promise.reject(httpError(404, "SubscriptionNotFound")),
    toBody: () => membership().body,
    toNative: () => ({ members: [] }),
  });
  await expect(port.observe(membership())).rejects.toThrow(/SubscriptionNotFound/);
  await expect(port.remove(id)).rejects.toThrow(/SubscriptionNotFound/);
});
