import type { Settings } from "./config.ts";

/** Told from the key; or said outright, and then a test key is a slip that is refused, not a rehearsal. */
export const isLive = ({ STRIPE_SECRET_KEY = "", PROFILE }: Partial<Settings>): boolean =>
  /^(sk|rk)_live_/.test(STRIPE_SECRET_KEY) || PROFILE === "live";

/** Where the shop is reached, without a slash at its end. */
export const baseUrlOf = ({ BASE_URL, PORT }: Partial<Settings>): string =>
  (BASE_URL ?? `http://localhost:${PORT}`).replace(/\/$/, "");

/** Too short, or something somebody typed instead of drawing it by lot. */
function isWeak(secret: string): boolean {
  const bytes = Buffer.byteLength(secret.replace(/^whsec_/, ""));
  return (
    bytes < 32 ||
    new Set(secret).size < 8 ||
    /changeme|secret|password|example|0123456789/i.test(secret.replace(/^whsec_/, ""))
  );
}

/** What of the settings that can be read speaks against taking real money, each line beginning with its setting; empty: nothing does. */
export function liveRefusals(config: Partial<Settings>): string[] {
  const checks: [boolean, string][] = [
    [
      !/^(sk|rk)_live_/.test(config.STRIPE_SECRET_KEY ?? ""),
      "STRIPE_SECRET_KEY is a test key: no money would ever come in",
    ],
    [/^pk_test_/.test(config.STRIPE_PUBLISHABLE_KEY ?? ""), "STRIPE_PUBLISHABLE_KEY is a test key"],
    [(config.STRIPE_WEBHOOK_SECRET ?? []).some(isWeak), "STRIPE_WEBHOOK_SECRET is too short or not random"],
    [(config.SOURCE_API_KEY ?? []).some(isWeak), "SOURCE_API_KEY must be random, at least 32 bytes"],
    [
      config.METRICS_TOKEN !== undefined && isWeak(config.METRICS_TOKEN),
      "METRICS_TOKEN must be random, at least 32 bytes",
    ],
    [
      config.SOURCE_WEBHOOK_SECRET !== undefined && isWeak(config.SOURCE_WEBHOOK_SECRET),
      "SOURCE_WEBHOOK_SECRET must be random, at least 32 bytes",
    ],
    [(config.RATE_LIMIT_SCALE ?? 1) > 10, "RATE_LIMIT_SCALE is for measurements: leave it at 1"],
    [config.TRUST_USER_ID_HEADER !== undefined, "TRUST_USER_ID_HEADER believes anybody: leave it out"],
    [config.STRIPE_API_BASE !== undefined, "STRIPE_API_BASE must be unset with a live key"],
    [!baseUrlOf(config).startsWith("https://"), "BASE_URL must be https"],
    [!config.STRIPE_WEBHOOK_SECRET?.length, "STRIPE_WEBHOOK_SECRET is missing"],
    [config.SMTP_URL === undefined, "SMTP_URL is missing"],
    [config.SANDBOX_CONTROL_TOKEN !== undefined, "SANDBOX_CONTROL_TOKEN must be unset with a live key"],
    [/kraftverk\.test/.test(config.MAIL_FROM ?? ""), "MAIL_FROM must be an address of yours"],
    [/kraftverk\.test/.test(config.COMPANY_EMAIL ?? ""), "COMPANY_EMAIL must be an address of yours"],
    [config.COMPANY_ORG_NUMBER === "559999-0001", "COMPANY_ORG_NUMBER and its siblings must be your company's"],
    [
      (config.SESSION_SECRET ?? []).some(isWeak),
      "SESSION_SECRET must be random, each part of it (openssl rand -hex 32)",
    ],
  ];
  return checks.flatMap(([wrong, message]) => (wrong ? [message] : []));
}
