import { describe, expect, test } from "vitest";
import { ConfigError, loadConfig } from "./config.ts";

const good = {
  DATABASE_URL: "postgres://member@127.0.0.1/k",
  DATABASE_SERVICE_URL: "postgres://service@127.0.0.1/k",
  STRIPE_SECRET_KEY: "sk_test_1234567890",
  SESSION_SECRET: "8f14e45fceea167a5a36dedd4bea2543c0ffee00",
};
const live = {
  ...good,
  STRIPE_SECRET_KEY: "sk_live_1234567890",
  BASE_URL: "https://kraftverk.example",
  STRIPE_WEBHOOK_SECRET: "whsec_Zk3vQ9rT1xW8yB5nM2pL7sD4fG6hJ0aC",
  SMTP_URL: "smtps://mail.example",
  MAIL_FROM: "Kraftverk <hej@kraftverk.example>",
  COMPANY_ORG_NUMBER: "556000-0000",
  COMPANY_EMAIL: "hej@kraftverk.example",
};

describe("settings", () => {
  test("have defaults for everything but the database, the Stripe key and the session secret", () => {
    const config = loadConfig(good);
    expect(config).toMatchObject({
      PORT: 3000,
      SANDBOX_PORT: 4010,
      WORKER_PORT: 3001,
      DATA_DIR: ".data",
      baseUrl: "http://localhost:3000",
      LOG_LEVEL: "info",
    });
  });

  test("name every wrong one at once and never repeat a value", () => {
    const wrong = {
      ...good,
      PORT: "http",
      SMTP_URL: "mail.example",
      SOURCE_API_KEY: "short",
      SESSION_SECRET: "tiny-secret",
    };
    const error = (() => {
      try {
        loadConfig(wrong);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    const text = String((error as Error).message);
    for (const name of ["PORT", "SMTP_URL", "SOURCE_API_KEY", "SESSION_SECRET"]) expect(text).toContain(name);
    for (const value of ["mail.example", "short\n", "tiny-secret"]) expect(text).not.toContain(value);
  });

  test("say what is missing", () => {
    expect(() => loadConfig({})).toThrow(/DATABASE_URL is missing[\s\S]*SESSION_SECRET is missing/);
  });

  test("split lists", () => {
    const config = loadConfig({ ...good, STRIPE_WEBHOOK_SECRET: "whsec_a, whsec_b", DEBUG: "stripe:*,billing:*" });
    expect(config.STRIPE_WEBHOOK_SECRET).toEqual(["whsec_a", "whsec_b"]);
    expect(config.DEBUG).toEqual(["stripe:*", "billing:*"]);
  });

  test("take a new session secret before the old one, each of them long enough", () => {
    const old = good.SESSION_SECRET;
    const fresh = "5b1d9c7e3f204a68b0d2e4f6a8c0135791bdf024";
    expect(loadConfig(good).SESSION_SECRET).toEqual([old]);
    expect(loadConfig({ ...good, SESSION_SECRET: `${fresh}, ${old}` }).SESSION_SECRET).toEqual([fresh, old]);
    expect(() => loadConfig({ ...good, SESSION_SECRET: `${fresh},tiny` })).toThrow(
      /SESSION_SECRET must have at least 32/,
    );
    expect(() => loadConfig({ ...good, SESSION_SECRET: "," })).toThrow(/SESSION_SECRET/);
  });
});

describe("the profile", () => {
  test("is told from the key, never from NODE_ENV", () => {
    expect(loadConfig({ ...good, NODE_ENV: "production" }).profile).toBe("test");
    expect(loadConfig({ ...good, STRIPE_API_BASE: "http://127.0.0.1:4010" })).toMatchObject({
      profile: "sandbox",
      sandboxUrl: "http://localhost:4010",
    });
    expect(loadConfig(live)).toMatchObject({ profile: "live", sandboxUrl: null });
  });

  test.each([
    ["plain http", { BASE_URL: "http://kraftverk.example" }, /BASE_URL must be https/],
    ["no webhook secret", { STRIPE_WEBHOOK_SECRET: "" }, /STRIPE_WEBHOOK_SECRET is missing/],
    ["no mail server", { SMTP_URL: "" }, /SMTP_URL is missing/],
    ["a stand-in", { STRIPE_API_BASE: "http://127.0.0.1:4010" }, /STRIPE_API_BASE must be unset/],
    ["a movable clock", { SANDBOX_CONTROL_TOKEN: "0123456789abcdef" }, /SANDBOX_CONTROL_TOKEN must be unset/],
    ["the demo's company", { COMPANY_ORG_NUMBER: "" }, /COMPANY_ORG_NUMBER/],
    ["the demo's sender", { MAIL_FROM: "" }, /MAIL_FROM/],
    [
      "an old secret that is guessable",
      { SESSION_SECRET: `${live.SESSION_SECRET},${"password".repeat(5)}` },
      /SESSION_SECRET must be random/,
    ],
    ["a guessable secret", { SESSION_SECRET: "changeme-changeme-changeme-changeme" }, /SESSION_SECRET must be random/],
  ])("live does not start with %s", (_what, change, message) => {
    expect(() => loadConfig({ ...live, ...change })).toThrow(message);
  });

  test("names what cannot be read and what no real shop may have in one round, each once", () => {
    const start = () => loadConfig({ ...live, PORT: "none", MAIL_FROM: "", SESSION_SECRET: "short" });
    expect(start).toThrow(/PORT [\s\S]*SESSION_SECRET [\s\S]*MAIL_FROM must be an address of yours/);
    expect(start).not.toThrow(/SESSION_SECRET must be random/);
  });
});

test.each([
  ["SESSION_SECRET", undefined],
  ["SESSION_SECRET", "short"],
  ["SESSION_SECRET", "a".repeat(40)],
  ["SESSION_SECRET", `${good.SESSION_SECRET},change-me-change-me-change-me-changeme`],
  ["STRIPE_SECRET_KEY", "sk_test_1234567890"],
  ["STRIPE_PUBLISHABLE_KEY", "pk_test_1234567890"],
  ["STRIPE_WEBHOOK_SECRET", undefined],
  ["STRIPE_WEBHOOK_SECRET", "whsec_0123456789"],
  ["STRIPE_API_BASE", "https://stripe.example"],
  ["BASE_URL", undefined],
  ["BASE_URL", "http://kraftverk.example"],
  ["SMTP_URL", undefined],
  ["MAIL_FROM", "hej@kraftverk.test"],
  ["COMPANY_EMAIL", "hej@kraftverk.test"],
  ["COMPANY_ORG_NUMBER", undefined],
  ["SOURCE_API_KEY", "a-key-of-24-characters-x"],
  ["SOURCE_WEBHOOK_SECRET", "whsec_a-secret-password-somebody-typed"],
  ["METRICS_TOKEN", "a-token-that-is-short"],
  ["RATE_LIMIT_SCALE", "11"],
  ["TRUST_USER_ID_HEADER", "1"],
  ["SANDBOX_CONTROL_TOKEN", "4e07408562bedb8b60ce05c1decfe3ad16b72230"],
])("R35: a live shop does not start with %s=%s, and says so without the value", (name, value) => {
  const settings: Record<string, string | undefined> = { ...live, PROFILE: "live" };
  expect(loadConfig(settings).profile).toBe("live");
  const words = (() => {
    try {
      loadConfig({ ...settings, [name]: value });
      return "it starts";
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  })();
  expect(words).toContain(name);
  if (value !== undefined && /SECRET|TOKEN|KEY/.test(name)) expect(words).not.toContain(value);
});
