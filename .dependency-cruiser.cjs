// Who may import whom (docs/architecture: layers and tiers). Tests may reach into what they test.

const tiers = [
  // Below identity: the mail that tells of an account is written in the account's own transaction.
  ["audit", "company", "ledger", "catalog", "inventory", "messaging"],
  ["identity"],
  // Above identity: its members have accounts.
  ["organizations"],
  // Above identity: a key is somebody's.
  ["api-keys"],
  ["payments", "pricing", "entitlements", "credits"],
  ["orders", "subscriptions", "announcements"],
  ["fulfilment", "loyalty", "affiliates"],
  ["accounting", "checkout", "billing", "plans", "funnels", "withdrawals"],
  // Above billing: what somebody who leaves is offered is a change that billing makes.
  ["offers"],
  ["reporting"],
];
const any = (names) => `(${names.join("|")})`;
const domain = any(tiers.flat());
const test = "\\.(test|spec)\\.tsx?$";
/** Mail templates are pages without a browser: formatting and words are the pages' own. */
const mailTemplates = "^server/messaging/templates/";
const routers = "/[a-z-]*router\\.ts$";
const runTime = { dependencyTypesNot: ["type-only"] };

/** A domain imports lower tiers only; the same tier and higher ones hear of it by event. Above the last there is none. */
const downwards = tiers.slice(0, -1).map((names, tier) => ({
  name: `tier-${tier + 1}-downwards`,
  comment: "Imports between domains go down the tiers; sideways and upwards only by event.",
  severity: "error",
  from: { path: `^server/${any(names)}/`, pathNot: test },
  to: { path: `^server/${any(tiers.slice(tier).flat())}/`, pathNot: "^server/$1/" },
}));

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: test },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "kernel-alone",
      comment: "The kernel imports nothing of ours.",
      severity: "error",
      from: { path: "^server/kernel/", pathNot: test },
      to: { path: "^(app|server|worker|drizzle|sandbox|scripts|bench|e2e)/", pathNot: "^server/kernel/" },
    },
    {
      name: "schema-below-domains",
      comment: "The schema imports the domains' status literals and kernel types, nothing else of ours.",
      severity: "error",
      from: { path: "^drizzle/", pathNot: [test, "^drizzle/seed/"] },
      to: {
        path: "^(app|server|worker|sandbox|scripts|bench|e2e)/",
        pathNot: ["^server/[^/]+/[^/]+-status\\.ts$", "^server/kernel/"],
      },
    },
    {
      name: "schema-takes-kernel-types",
      comment: "The staff roles are a literal like the status ones: a CHECK is made from them.",
      severity: "error",
      from: { path: "^drizzle/(schema/|columns)", pathNot: test },
      to: { path: "^server/kernel/", pathNot: "^server/kernel/actor\\.ts$", ...runTime },
    },
    {
      name: "seed-through-kernel-and-status",
      comment: "The seed writes rows; it runs no use case.",
      severity: "error",
      from: { path: "^drizzle/seed/", pathNot: test },
      to: {
        path: "^(app|server|worker|sandbox|scripts|bench|e2e)/",
        pathNot: ["^server/[^/]+/[^/]+-status\\.ts$", "^server/kernel/", `^server/${domain}/index\\.ts$`],
      },
    },
    {
      name: "status-is-pure",
      comment: "A lifecycle's literal is read by the schema, so it imports the kernel only.",
      severity: "error",
      from: { path: "-status\\.ts$" },
      to: { path: "^(app|server|worker|drizzle|sandbox|scripts)/", pathNot: "^server/kernel/" },
    },
    {
      name: "other-domains-through-index",
      comment: "index.ts is the only file of a domain that other domains import.",
      severity: "error",
      from: { path: `^server/${domain}/`, pathNot: test },
      to: { path: `^server/${domain}/`, pathNot: ["^server/$1/", "^server/[^/]+/index\\.ts$"] },
    },
    ...downwards,
    {
      name: "domains-know-no-transport",
      comment: "A domain knows its own router's builder and nothing of HTTP, queue, adapters or the composition root.",
      severity: "error",
      from: { path: `^server/${domain}/`, pathNot: [test, routers, mailTemplates] },
      to: {
        path: "^(app|worker|sandbox|scripts|bench|e2e)/|^server/(trpc|http|webhooks|reconciliation|queue|providers)/|^server/[^/]+\\.ts$",
      },
    },
    {
      name: "routers-through-the-builder",
      severity: "error",
      from: { path: `^server/${domain}${routers}` },
      to: {
        path: "^(app|worker|sandbox|scripts|bench|e2e)/|^server/(trpc|http|webhooks|reconciliation|queue|providers)/|^server/[^/]+\\.ts$",
        pathNot: "^server/trpc/init\\.ts$",
      },
    },
    {
      name: "providers-implement-ports",
      comment: "An adapter imports the kernel and the types of the ports that it implements, never a use case.",
      severity: "error",
      from: { path: "^server/providers/([^/]+)/", pathNot: test },
      to: {
        path: "^(app|worker|drizzle|sandbox|scripts|bench|e2e)/|^server/",
        pathNot: ["^server/providers/$1/", "^server/kernel/"],
        ...runTime,
      },
    },
    {
      name: "adapters-meet-ports-in-wire",
      severity: "error",
      from: { path: "^(app|server|worker)/", pathNot: [test, "^server/wire\\.ts$", "^server/providers/"] },
      to: { path: "^server/providers/", ...runTime },
    },
    {
      name: "edges-use-public-faces",
      comment: "tRPC, webhooks, HTTP and the worker import a domain's index, router or jobs.",
      severity: "error",
      from: { path: "^(server/(trpc|webhooks|reconciliation|queue|http)/|worker/|server/[^/]+\\.ts$)", pathNot: test },
      to: { path: `^server/${domain}/`, pathNot: ["^server/[^/]+/(index|jobs|input)\\.ts$", routers], ...runTime },
    },
    {
      name: "pages-import-types-and-input",
      comment:
        "What a page runs comes through the load context; a real import would be a second copy with its own pool.",
      severity: "error",
      from: { path: "^app/", pathNot: test },
      to: { path: "^server/", pathNot: "^server/[^/]+/input\\.ts$", ...runTime },
    },
    {
      name: "pages-know-no-database",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(worker|drizzle|sandbox|scripts|bench|e2e)/" },
    },
    {
      name: "input-is-only-schemas",
      severity: "error",
      from: { path: "/input\\.ts$" },
      to: { path: "^(app|server|worker|drizzle|sandbox|scripts)/", pathNot: "/input\\.ts$|^server/kernel/" },
    },
    {
      name: "server-knows-no-page-and-no-worker",
      severity: "error",
      from: { path: "^(server|drizzle)/", pathNot: [test, mailTemplates] },
      to: { path: "^(app|worker|sandbox|scripts|bench|e2e)/" },
    },
    {
      name: "mail-templates-are-pages",
      comment: "Compiled like pages, they share the pages' formatting and words, and nothing else of them.",
      severity: "error",
      from: { path: mailTemplates, pathNot: test },
      to: { path: "^(app|worker|sandbox|scripts|bench|e2e)/", pathNot: "^app/lib/" },
    },
    {
      name: "worker-runs-the-server",
      severity: "error",
      from: { path: "^worker/", pathNot: test },
      to: { path: "^(app|sandbox|scripts|bench|e2e)/" },
    },
    {
      name: "sandbox-imports-no-product",
      severity: "error",
      from: { path: "^sandbox/" },
      to: { path: "^(app|server|worker|drizzle|scripts|bench|e2e)/" },
    },
    {
      name: "nobody-imports-the-sandbox",
      severity: "error",
      from: { pathNot: "^sandbox/" },
      to: { path: "^sandbox/" },
    },
    {
      name: "nobody-imports-journeys",
      severity: "error",
      from: { pathNot: "^e2e/" },
      to: { path: "^e2e/" },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(virtual:|\\.\\./build/|\\./build/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
