import { describe, expect, test } from "vitest";
import { loadConfig, settings } from "./config.ts";
import { shownSettings } from "./shown-settings.ts";

const SECRET = "do-not-show-this-to-anybody-0123456789";
const config = loadConfig({
  DATABASE_URL: `postgres://member:${SECRET}@db.internal:5432/shop?sslmode=require&password=${SECRET}`,
  DATABASE_SERVICE_URL: `postgres://service:${SECRET}@db.internal:5432/shop`,
  STRIPE_SECRET_KEY: `sk_test_${SECRET}`,
  STRIPE_PUBLISHABLE_KEY: "pk_test_x",
  STRIPE_WEBHOOK_SECRET: `whsec_${SECRET},whsec_old_${SECRET}`,
  STRIPE_API_BASE: "http://localhost:4010",
  SOURCE_API_KEY: SECRET,
  SOURCE_WEBHOOK_SECRET: SECRET,
  SMTP_URL: `smtps://user:${SECRET}@mail.example.com:465`,
  SESSION_SECRET: SECRET,
  SANDBOX_CONTROL_TOKEN: SECRET,
  METRICS_TOKEN: SECRET,
  MAIL_FROM: "Shop <hej@example.com>",
});
const shown = shownSettings(config);
const one = (name: string) => shown.find((setting) => setting.name === name);

describe("the settings that staff see", () => {
  test("are all there", () => {
    expect(shown.map((setting) => setting.name)).toEqual(Object.keys(settings).toSorted());
  });

  test("hold no secret, in whatever part of a value it stands", () => {
    expect(JSON.stringify(shown)).not.toContain("do-not-show");
    expect(one("STRIPE_SECRET_KEY")).toMatchObject({ as: "secret", value: null });
    expect(one("SESSION_SECRET")).toMatchObject({ as: "secret", value: null });
  });

  test("say where addresses lead, what is plain, and what is not set", () => {
    expect(one("DATABASE_URL")).toMatchObject({ as: "host", value: "db.internal:5432/shop" });
    expect(one("SMTP_URL")).toMatchObject({ as: "host", value: "mail.example.com:465" });
    expect(one("MAIL_FROM")).toMatchObject({ as: "clear", value: "Shop <hej@example.com>" });
    expect(one("TRUST_PROXY")).toMatchObject({ as: "clear", value: "0" });
    expect(one("BASE_URL")).toMatchObject({ as: "unset", value: null });
  });
});
