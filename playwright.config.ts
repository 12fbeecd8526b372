import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const onSystem = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
/** What Playwright itself leaves out of the browser: the last list counts, so it stands here again. */
const leftOut = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"],
  ...["HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AimEnabled"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"],
  // A frame and a compositor anew for each page of a window: a sixth of what a visit costs.
  "RenderDocument",
];
const args = [
  `--disable-features=${leftOut.join(",")}`,
  // Most scripts of a page run once: compiling them to be fast takes longer than it saves.
  "--js-flags=--no-opt --no-maglev",
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const report = process.env.KRAFTVERK_REPORT;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Starts a shop unless `npm test` already has: see e2e/fixtures/start-shop.ts.
  globalSetup: "./e2e/fixtures/start-shop.ts",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // Generous: a busy machine is slow, not wrong. Nothing here measures time.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: report ? [["list"], ["json", { outputFile: report }]] : "list",
  use: {
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    // What was done and asked for; pictures of every step would cost as much as the journeys themselves. `npm test` keeps it
    // of what failed when it looks a second time, or from the start with KRAFTVERK_TRACE=1.
    trace:
      process.env.KRAFTVERK_TRACE === "0"
        ? "off"
        : { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
    launchOptions: { executablePath: onSystem.find((path) => path && existsSync(path)), args },
  },
  projects: [
    // Journeys that can live beside others in one shop: each with people, addresses and campaigns of its own.
    { name: "journeys", testMatch: "journeys/**/*.spec.ts" },
    // Journeys that move the clock or make the world misbehave: one after the other, in a shop of their own.
    { name: "world", testMatch: "world/**/*.spec.ts", fullyParallel: false, workers: 1 },
  ],
});
