import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { addMedia } from "../catalog/index.ts";
import { loadConfig } from "../kernel/config.ts";
import { createRuntime } from "../wire.ts";
import { mediaEndpoint } from "./media.ts";

const shop = await campaignShop();
const runtime = createRuntime(
  loadConfig({
    DATABASE_URL: shop.urls.member,
    DATABASE_SERVICE_URL: shop.urls.service,
    STRIPE_SECRET_KEY: "sk_test_media",
    STRIPE_API_BASE: shop.sandbox.url,
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    LOG_LEVEL: "fatal",
  }),
  { process: "web" },
);
afterAll(() => runtime.close());
const app = new Hono();
mediaEndpoint(app, runtime);

const file = Buffer.alloc(64, 7);
Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(file);
file.write("IHDR", 12, "latin1");
file.writeUInt32BE(40, 16);
file.writeUInt32BE(50, 20);

test("an uploaded picture is served as what it is, for a year, and runs nothing", async () => {
  const alt = { sv: "Väska", en: "Bag" };
  const { fileId } = await addMedia(shop.owner, { productId: "bag", base64: file.toString("base64"), alt });
  const answer = await app.request(`/media/${fileId}`);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
  const again = await app.request(`/media/${fileId}`, {
    headers: { "If-None-Match": answer.headers.get("etag") ?? "" },
  });
  expect(again.status).toBe(304);
});

test("anything else is not found", async () => {
  for (const path of [`/media/img_${"0".repeat(32)}`, "/media/img_x", "/media/..%2f..%2fetc", "/media/"])
    expect((await app.request(path)).status).toBe(404);
});
