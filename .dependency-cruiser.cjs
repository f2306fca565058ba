/** The directions of the rooms (docs/architecture.md). What is not forbidden here is allowed. */
const pureRooms = "^shared/(domain|rules|spoke|hardening)/";
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "pure-rooms-know-no-azure",
      comment: "domain, rules, spoke and hardening are pure: no SDK, no clock, no environment",
      severity: "error",
      from: { path: pureRooms },
      to: { path: "node_modules/(@azure|durable-functions|@azure-rest)/" },
    },
    {
      name: "pure-rooms-know-no-node",
      comment: "node:crypto is allowed, for hashing",
      severity: "error",
      from: { path: pureRooms },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "domain-is-the-ground",
      severity: "error",
      from: { path: "^shared/domain/" },
      to: { path: "^(shared/(?!domain/)|functions/)" },
    },
    {
      name: "rules-know-only-domain",
      severity: "error",
      from: { path: "^shared/rules/" },
      to: { path: "^(shared/(?!domain/|rules/)|functions/)" },
    },
    {
      name: "spoke-and-hardening-know-rules-and-domain",
      severity: "error",
      from: { path: "^shared/(spoke|hardening)/" },
      to: { path: "^(shared/(azure|state)/|functions/)" },
    },
    { name: "shared-knows-no-functions", severity: "error", from: { path: "^shared/" }, to: { path: "^functions/" } },
    {
      name: "only-azure-room-imports-arm",
      severity: "error",
      from: { path: "^(functions|shared)/", pathNot: "^shared/azure/" },
      to: { path: "node_modules/@azure/(arm-|identity)" },
    },
    {
      name: "orchestrators-know-domain-and-activity-names",
      severity: "error",
      from: { path: "^functions/orchestrators/" },
      to: {
        path: "^(shared/(?!domain/)|functions/(?!orchestrators/|activities/names\\.ts))|node_modules/(?!durable-functions)",
      },
    },
    {
      name: "shipped-knows-no-local-or-test",
      severity: "error",
      from: { path: "^(functions|shared)/" },
      to: { path: "^(local|test|bench|tool|client)/" },
    },
    {
      name: "tools-know-pure-rooms-only",
      comment: "a tool for people and pipelines asks the pure rooms; it needs no Azure and no app",
      severity: "error",
      from: { path: "^tool/" },
      to: { path: "^(functions|local|test|bench|shared/(azure|state|reconcile))/|node_modules/" },
    },
    {
      name: "client-knows-only-itself",
      comment: "callers copy this folder: it needs nothing of the project",
      severity: "error",
      from: { path: "^client/" },
      to: { path: "^(functions|shared|build|infra|local|test|bench|tool)/" },
    },
    {
      name: "local-azure-and-host-know-no-product",
      comment: "local Azure answers like Azure, the local host like the Functions host: neither may know the product",
      severity: "error",
      from: { path: "^local/(arm|host)/" },
      to: { path: "^(functions|shared|test)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
