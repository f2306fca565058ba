import { ArmError } from "../../../local/arm/arm-error.ts";
import type { ResourceType } from "../../../local/arm/resource-type.ts";

const common = { scope: "resourceGroup", apiVersions: ["2025-01-01", "2026-01-01"] } as const;

/** A type with inline children, computed children and everything else that the framework offers. */
export const widget: ResourceType = {
  ...common,
  type: "Contoso.Widgets/widgets",
  location: "required",
  tags: true,
  etag: true,
  list: { by: ["resourceGroup", "subscription"], pageSize: 2 },
  put: {
    operationName: "PutWidgetOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 3600, update: 3600 },
    prepare: (context, body) => {
      const { friend } = body.properties;
      if (typeof friend === "string") context.reference(friend, { type: "Contoso.Widgets/widgets" });
      return body;
    },
    checkWhole: (_context, { properties }) => {
      if (Array.isArray(properties.parts) && properties.parts.length > 3) throw new ArmError(400, "TooManyParts", "!");
    },
    conflictDomains: (_context, { properties }) => (typeof properties.friend === "string" ? [properties.friend] : []),
    completed: ({ resource, update }) => {
      if (resource.body.properties.breaks === true) throw new Error("defect");
      if (resource.body.properties.fails === true) throw new ArmError(400, "WidgetBroken", "The widget broke.");
      void update;
    },
  },
  patch: "tags",
  remove: {
    longRunning: "location",
    seconds: 3600,
    check: ({ world, id }) => {
      if (world.referencesTo(id.id, "Contoso.Widgets/widgets").length > 0) throw new ArmError(400, "InUse", "In use.");
    },
    completed: (context) => {
      const { friend } = context.resource.body.properties;
      if (typeof friend !== "string") return;
      context.update(friend, (body) => ({ ...body, properties: { ...body.properties, lost: context.resource.name } }));
    },
  },
  actions: {
    spin: { longRunning: "location", seconds: 3600, invoke: (_context, body) => ({ body: { spun: body } }) },
  },
  queries: { weight: { invoke: ({ resource }) => ({ body: { weight: resource.name.length } }) } },
  view: (document) => ({
    ...document,
    properties: { ...document.properties, defaults: [{ name: "base", properties: {} }] },
  }),
};

export const part: ResourceType = {
  ...common,
  type: "Contoso.Widgets/widgets/parts",
  etag: true,
  inline: { property: "parts", whenAbsent: (version) => (version === "2025-01-01" ? "remove" : "keep") },
  list: { by: ["parent"] },
  put: {
    operationName: "PutPartOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 3600, update: 3600 },
    prepare: (_context, body) => {
      if (body.properties.size === undefined) throw new ArmError(400, "SizeMissing", "A part has a size.");
      return body;
    },
    whenBusy: "supersede",
  },
  remove: {
    longRunning: "location",
    seconds: 3600,
    check: (_context, { body }) => {
      if (body.properties.welded === true) throw new ArmError(400, "Welded", "The part is welded.");
    },
  },
};

export const base: ResourceType = {
  ...common,
  type: "Contoso.Widgets/widgets/defaults",
  inline: { property: "defaults", whenAbsent: "keep", computed: true },
  list: { by: ["parent"] },
};

/** A synchronous nested type with a row of its own. */
export const label: ResourceType = {
  ...common,
  type: "Contoso.Widgets/widgets/labels",
  provisioningState: false,
  list: { by: ["parent"] },
  put: { operationName: "PutLabelOperation", prepare: (_context, body) => body },
  remove: {},
};

export const widgetTypes: readonly ResourceType[] = [widget, part, base, label];
