import { defineConfig } from "vitest/config";
import { LEFT_FILES } from "./scripts/test/left-to-prove.ts";
import { LongFirstSequencer } from "./scripts/test/long-first-sequencer.ts";

const folders = "{app,server,worker,drizzle,sandbox,scripts,bench,e2e}";

/** Where nothing has to be transformed: Node reads TypeScript itself, and keeps what it made of it. */
const plain = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  runner: "./scripts/test/plain-import-runner.ts",
};

/** Said by `npm test` when it runs everything that it runs. */
const leftOut = process.env.KRAFTVERK_LEAVE_OUT === "1" ? LEFT_FILES.map((begin) => `${begin}**`) : [];

export default defineConfig({
  resolve: { alias: { "~": new URL("./app", import.meta.url).pathname } },
  test: {
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--import", new URL("./scripts/patch/known-kinds-hook.ts", import.meta.url).href],
    sequence: { sequencer: LongFirstSequencer },
    setupFiles: ["./scripts/test/fail-on-console.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.ts`],
          exclude: ["**/*.{db,http}.test.ts"],
          // No IO, nothing left behind: one process serves many files, which is three times as fast.
          isolate: false,
          ...plain,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "jsx",
          // What reads JSX or `~` goes through Vite, which takes several times as long: a test of it is a `.test.tsx`.
          include: [`${folders}/**/*.test.tsx`],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`${folders}/**/*.{db,http}.test.ts`],
          exclude: leftOut,
          // Files share a process: each has a database of its own, and loading the modules anew took longer than the tests.
          isolate: false,
          ...plain,
          // As the product runs: React writes mails without looking for what is wrong with them.
          env: { NODE_ENV: "production" },
          globalSetup: ["./scripts/test/postgres.ts"],
          // More than processors: these tests wait for PostgreSQL, for clocks and for processes that they start. With three, two
          // processors stood still for a sixth of the time.
          maxWorkers: 5,
          // Generous: a busy machine is slow, not wrong. Nothing here measures time, so these end only what hangs.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
