import type { JsonObject } from "./json.ts";

/** Azure's provisioning states that local Azure models. */
export type ProvisioningState = "Succeeded" | "Updating" | "Deleting" | "Failed";

/** What a resource's PUT body carries and what is stored: everything but id, name, type and etag. */
export interface ResourceBody {
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sku?: JsonObject;
  readonly kind?: string;
  readonly identity?: JsonObject;
  readonly zones?: readonly string[];
  /** Without provisioningState, which the framework keeps. */
  readonly properties: JsonObject;
  readonly [other: string]: unknown;
}

/** A resource that stands in local Azure; treat it as read-only. Inline children look the same as others. */
export interface Resource {
  /** As first written, in canonical form. Compare ids with `sameId`. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: ResourceBody;
  readonly provisioningState: ProvisioningState;
  /** `W/"guid"`. Inline children share their parent's. */
  readonly etag: string;
  /** Name of the last operation, for Azure's messages. */
  readonly lastOperation: string;
}

/** A resource on the wire. */
export interface ResourceDocument extends ResourceBody {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly etag?: string;
}
