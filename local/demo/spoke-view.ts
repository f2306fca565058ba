import { z } from "zod";

const time = z
  .union([z.string(), z.null()])
  .optional()
  .transform((value) => value ?? null);

const findingSchema = z.looseObject({
  code: z.string(),
  severity: z.string(),
  message: z.string(),
  resourceId: z.string().nullable(),
  remedy: z.string(),
});

const failureSchema = z.looseObject({ code: z.string(), message: z.string(), remedy: z.string().optional() });

const resourceSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  steps: z.array(z.int()),
  action: z.string(),
  status: z.string(),
  startedAt: time,
  finishedAt: time,
});

const spokeSchema = z.looseObject({
  name: z.string(),
  status: z.string(),
  steps: z.array(z.looseObject({ number: z.int(), name: z.string(), status: z.string() })),
  resources: z.array(resourceSchema).default([]),
  findings: z.array(findingSchema).default([]),
  error: failureSchema.nullable().optional(),
  startedAt: time,
  finishedAt: time,
  criticalPath: z
    .looseObject({ seconds: z.number(), resources: z.array(z.looseObject({ id: z.string(), seconds: z.number() })) })
    .nullable()
    .optional(),
});

/** `GET /api/spokes/{name}`, as far as the demo shows it. */
export type SpokeView = z.infer<typeof spokeSchema>;
export type SpokeResource = z.infer<typeof resourceSchema>;

/** Parses the answer of the API; throws ZodError where it is not what the contract says. */
export function parseSpokeView(body: unknown): SpokeView {
  return spokeSchema.parse(body);
}

/** True once nothing more happens to the spoke by itself. */
export function hasSettled(spoke: SpokeView): boolean {
  return ["Succeeded", "Failed", "Rejected", "Removed", "AwaitingApproval"].includes(spoke.status);
}

/** A resource's name as a person wants it: where it is a mere GUID, its kind and the first digits. */
export function readableName({ id, type }: Pick<SpokeResource, "id" | "type">): string {
  const name = shortName(id);
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(name) ? `${shortName(type)} ${name.slice(0, 8)}` : name;
}

/** Last segment of a resource id: the resource's name. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
