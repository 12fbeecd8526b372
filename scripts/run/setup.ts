import { resolve } from "node:path";
import { type Config, loadConfig } from "../../server/kernel/config.ts";
import type { RoleUrls } from "../postgres/roles.ts";
import { StartError } from "./failure.ts";
import { loadSecrets } from "./secrets.ts";

type Env = Record<string, string | undefined>;

export type Setup = {
  dev: boolean;
  dataDir: string;
  /** Connection strings of an own PostgreSQL; null: the bundled one. */
  databaseUrls: RoleUrls | null;
  secrets: ReturnType<typeof loadSecrets>;
  config: Config;
  sandbox: boolean;
  /** What web and worker are started with. */
  productEnv(urls: RoleUrls): NodeJS.ProcessEnv;
  sandboxEnv: NodeJS.ProcessEnv;
};

export function dataDirOf(env: Env): string {
  return resolve(env.DATA_DIR || ".data");
}

/**
 * Everything the start needs to know, from the environment, with what the sandbox makes up for itself. Throws one error
 * that names every setting that is wrong, before anything is started.
 */
export function readSetup(env: Env, dev = false): Setup {
  const dataDir = dataDirOf(env);
  const databaseUrls = ownDatabase(env);
  const secrets = loadSecrets(dataDir);
  const sandbox = !env.STRIPE_SECRET_KEY;
  const port = env.PORT || "3000";
  const sandboxPort = env.SANDBOX_PORT || "4010";
  const smtpPort = env.SANDBOX_SMTP_PORT || "4025";
  const shared: NodeJS.ProcessEnv = {
    ...env,
    DATA_DIR: dataDir,
    PORT: port,
    WORKER_PORT: env.WORKER_PORT || "3001",
    SANDBOX_PORT: sandboxPort,
    SANDBOX_SMTP_PORT: smtpPort,
    NODE_ENV: dev ? "development" : "production",
    DATABASE_OWNER_URL: undefined,
  };
  const madeUp: Env = {
    ...secrets.sandbox,
    STRIPE_API_BASE: `http://127.0.0.1:${sandboxPort}`,
    SANDBOX_PUBLIC_URL: `http://localhost:${sandboxPort}`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  };
  const product: NodeJS.ProcessEnv = { ...shared, KRAFTVERK_EXIT_ON_STDIN_END: "1" };
  if (sandbox) for (const [name, value] of Object.entries(madeUp)) product[name] = env[name] || value;
  const placeholder = "postgres://unknown@127.0.0.1/unknown";
  const config = loadConfig({ DATABASE_URL: placeholder, DATABASE_SERVICE_URL: placeholder, ...product });
  return {
    dev,
    dataDir,
    databaseUrls,
    secrets,
    config,
    sandbox,
    productEnv: (urls) => ({ ...product, DATABASE_URL: urls.member, DATABASE_SERVICE_URL: urls.service }),
    sandboxEnv: {
      ...shared,
      SANDBOX_PUBLIC_URL: product.SANDBOX_PUBLIC_URL,
      SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}/api/webhooks/stripe`,
      SANDBOX_WEBHOOK_SECRET: config.STRIPE_WEBHOOK_SECRET?.[0],
      SANDBOX_PRODUCT_URL: `http://127.0.0.1:${port}`,
      SANDBOX_CONTROL_TOKEN: product.SANDBOX_CONTROL_TOKEN,
      SANDBOX_EXIT_ON_STDIN_END: "1",
      DATABASE_URL: undefined,
      DATABASE_SERVICE_URL: undefined,
    },
  };
}

/** Connection strings of a PostgreSQL of the operator's own; null: the bundled one. */
export function ownDatabase(env: Env): RoleUrls | null {
  const { DATABASE_URL: member, DATABASE_SERVICE_URL: service, DATABASE_OWNER_URL: owner } = env;
  if (!member && !service && !owner) return null;
  if (member && service && owner) return { member, service, owner };
  throw new StartError(
    "Set DATABASE_URL, DATABASE_SERVICE_URL and DATABASE_OWNER_URL together (npm run db:roles prints how to make the roles),\n" +
      "or none of them for the bundled PostgreSQL.",
  );
}
