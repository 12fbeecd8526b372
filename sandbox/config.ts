import { z } from "zod";

/**
 * Everything the sandbox can be told from outside. It is its own process, so it reads its own settings and
 * shares nothing with the product but two secrets: the webhook signing secret and the control token.
 */
const settings = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(4010),
  SANDBOX_SMTP_PORT: z.coerce.number().int().min(0).max(65535).default(4025),
  SANDBOX_HOST: z.string().min(1).default("127.0.0.1"),
  SANDBOX_PUBLIC_URL: z.url().optional(),
  SANDBOX_MERCHANT_NAME: z.string().min(1).max(60).default("Kraftverk"),
  DATA_DIR: z.string().min(1).default(".data"),
  SANDBOX_WEBHOOK_URL: z.url().optional(),
  SANDBOX_WEBHOOK_SECRET: z.string().min(8).optional(),
  SANDBOX_PRODUCT_URL: z.url().optional(),
  SANDBOX_CONTROL_TOKEN: z.string().min(8).optional(),
  SANDBOX_SEED: z.string().min(1).max(200).optional(),
  SANDBOX_CLOCK: z.iso.datetime({ offset: true }).optional(),
  SANDBOX_CHECK_ANSWERS: z.enum(["0", "1"]).default("0"),
  SANDBOX_EXIT_ON_STDIN_END: z.enum(["0", "1"]).default("0"),
});

export interface SandboxConfig {
  port: number;
  smtpPort: number;
  host: string;
  /** Base of the addresses handed out for hosted pages; undefined until the port is known. */
  publicUrl: string | undefined;
  merchantName: string;
  dataDir: string;
  webhook: { url: string; secret: string } | undefined;
  /** Where the product's web listens, and what it accepts as proof that the clock is moved by this sandbox. */
  product: { url: string; token: string; answersWithinMs?: number | undefined } | undefined;
  /** The same seed and calls give the same ids; without one they are random. */
  seed: string | undefined;
  /** Milliseconds at which the clock starts and stands until it is moved; without it the clock starts at real time and runs. */
  clockStandsAt: number | undefined;
  /** Holds every answer and event against the provider's published shapes, for tests. */
  checksAnswers: boolean;
  exitOnStdinEnd: boolean;
}

export type SandboxSettings = Record<string, string | undefined>;

/** Reads the settings; throws one error that names every wrong one. */
export function readConfig(env: SandboxSettings): SandboxConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = settings.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The sandbox cannot start with these settings:\n${problems.join("\n")}`);
  }
  const values = parsed.data;
  if (values.SANDBOX_WEBHOOK_URL && !values.SANDBOX_WEBHOOK_SECRET) {
    throw new Error("SANDBOX_WEBHOOK_URL needs SANDBOX_WEBHOOK_SECRET: deliveries are always signed.");
  }
  if (values.SANDBOX_PRODUCT_URL && !values.SANDBOX_CONTROL_TOKEN) {
    throw new Error("SANDBOX_PRODUCT_URL needs SANDBOX_CONTROL_TOKEN: the product moves its clock for nobody else.");
  }
  return {
    port: values.SANDBOX_PORT,
    smtpPort: values.SANDBOX_SMTP_PORT,
    host: values.SANDBOX_HOST,
    publicUrl: values.SANDBOX_PUBLIC_URL?.replace(/\/+$/, ""),
    merchantName: values.SANDBOX_MERCHANT_NAME,
    dataDir: values.DATA_DIR,
    webhook:
      values.SANDBOX_WEBHOOK_URL && values.SANDBOX_WEBHOOK_SECRET
        ? { url: values.SANDBOX_WEBHOOK_URL, secret: values.SANDBOX_WEBHOOK_SECRET }
        : undefined,
    product:
      values.SANDBOX_PRODUCT_URL && values.SANDBOX_CONTROL_TOKEN
        ? { url: values.SANDBOX_PRODUCT_URL.replace(/\/+$/, ""), token: values.SANDBOX_CONTROL_TOKEN }
        : undefined,
    seed: values.SANDBOX_SEED,
    clockStandsAt: values.SANDBOX_CLOCK === undefined ? undefined : Date.parse(values.SANDBOX_CLOCK),
    checksAnswers: values.SANDBOX_CHECK_ANSWERS === "1",
    exitOnStdinEnd: values.SANDBOX_EXIT_ON_STDIN_END === "1",
  };
}
