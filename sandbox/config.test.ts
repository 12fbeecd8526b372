import { expect, it } from "vitest";
import { readConfig } from "./config.ts";

it("has defaults that work alone", () => {
  expect(readConfig({})).toMatchObject({
    port: 4010,
    smtpPort: 4025,
    host: "127.0.0.1",
    webhook: undefined,
    product: undefined,
  });
});

it("names every wrong setting in one error", () => {
  expect(() => readConfig({ SANDBOX_PORT: "abc", SANDBOX_WEBHOOK_URL: "nowhere" })).toThrow(
    /SANDBOX_PORT[\s\S]*SANDBOX_WEBHOOK_URL/,
  );
});

it("refuses an address without the secret that goes with it", () => {
  expect(() => readConfig({ SANDBOX_WEBHOOK_URL: "http://localhost:1/x" })).toThrow("SANDBOX_WEBHOOK_SECRET");
  expect(() => readConfig({ SANDBOX_PRODUCT_URL: "http://localhost:1" })).toThrow("SANDBOX_CONTROL_TOKEN");
});
