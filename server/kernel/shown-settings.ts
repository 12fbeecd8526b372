import { type Config, settings } from "./config.ts";

export const SETTING_KINDS = ["clear", "host", "secret", "unset"] as const;

/** A setting as staff may see it: its value unless that would give something away. */
export type ShownSetting = {
  readonly name: keyof typeof settings;
  /** `clear`: the value itself. `host`: of an address only where it leads. `secret`: only that there is one. `unset`: none. */
  readonly as: (typeof SETTING_KINDS)[number];
  readonly value: string | null;
};

/** Only these are shown as they are: a setting that is added later is a secret until somebody decides otherwise. */
const CLEAR: readonly string[] = [
  "PORT",
  "BASE_URL",
  "DATABASE_NETWORK",
  "DATA_DIR",
  "SANDBOX_PORT",
  "SANDBOX_SMTP_PORT",
  "WORKER_PORT",
  "TRUST_PROXY",
  "STRIPE_API_BASE",
  "MAIL_FROM",
  "COMPANY_NAME",
  "COMPANY_ORG_NUMBER",
  "COMPANY_VAT_NUMBER",
  "COMPANY_ADDRESS",
  "COMPANY_EMAIL",
  "TEXTS_DIR",
  "SANDBOX_PUBLIC_URL",
  "LOG_LEVEL",
  "DEBUG",
];
/** Addresses with a password in them. */
const HOST: readonly string[] = ["DATABASE_URL", "DATABASE_SERVICE_URL", "DATABASE_OWNER_URL", "SMTP_URL"];

/** The configuration in effect, defaults included, by name, with every secret masked. */
export function shownSettings(config: Config): ShownSetting[] {
  const values: Readonly<Record<string, unknown>> = config;
  return (Object.keys(settings) as (keyof typeof settings)[])
    .map((name): ShownSetting => {
      const value = values[name];
      if (value === undefined || value === null || value === "") return { name, as: "unset", value: null };
      if (CLEAR.includes(name)) return { name, as: "clear", value: String(value) };
      if (HOST.includes(name)) return { name, as: "host", value: hostOf(String(value)) };
      return { name, as: "secret", value: null };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function hostOf(address: string): string | null {
  return URL.canParse(address) ? `${new URL(address).host}${new URL(address).pathname}` : null;
}
