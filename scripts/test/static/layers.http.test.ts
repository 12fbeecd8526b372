import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../run-program.ts";

const rules = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as {
  forbidden: { name: string }[];
};

/** One wrong import for every rule: rule, who imports, what. */
const wrong: [string, string, string][] = [
  ["no-cycles", "server/kernel/ring-too.ts", "server/kernel/ring.ts"],
  ["kernel-alone", "server/kernel/a.ts", "server/orders/index.ts"],
  ["schema-below-domains", "drizzle/schema/a.ts", "server/orders/index.ts"],
  ["schema-takes-kernel-types", "drizzle/schema/b.ts", "server/kernel/money.ts"],
  ["seed-through-kernel-and-status", "drizzle/seed/a.ts", "server/orders/place-order.ts"],
  ["status-is-pure", "server/orders/order-status.ts", "drizzle/schema/c.ts"],
  ["other-domains-through-index", "server/orders/b.ts", "server/pricing/find-price.ts"],
  ["tier-1-downwards", "server/catalog/a.ts", "server/messaging/index.ts"],
  ["tier-2-downwards", "server/identity/a.ts", "server/orders/index.ts"],
  ["tier-3-downwards", "server/organizations/a.ts", "server/entitlements/index.ts"],
  ["tier-4-downwards", "server/api-keys/a.ts", "server/payments/index.ts"],
  ["tier-5-downwards", "server/payments/a.ts", "server/pricing/index.ts"],
  ["tier-6-downwards", "server/orders/c.ts", "server/subscriptions/index.ts"],
  ["tier-7-downwards", "server/fulfilment/a.ts", "server/checkout/index.ts"],
  ["tier-8-downwards", "server/checkout/a.ts", "server/billing/index.ts"],
  ["tier-9-downwards", "server/offers/a.ts", "server/reporting/index.ts"],
  ["domains-know-no-transport", "server/orders/d.ts", "server/providers/stripe/client.ts"],
  ["routers-through-the-builder", "server/orders/router.ts", "server/http/app.ts"],
  ["providers-implement-ports", "server/providers/stripe/client.ts", "server/payments/index.ts"],
  ["adapters-meet-ports-in-wire", "worker/a.ts", "server/providers/stripe/client.ts"],
  ["edges-use-public-faces", "worker/b.ts", "server/orders/place-order.ts"],
  ["pages-import-types-and-input", "app/routes/a.ts", "server/orders/index.ts"],
  ["pages-know-no-database", "app/routes/b.ts", "drizzle/schema/c.ts"],
  ["input-is-only-schemas", "server/orders/input.ts", "server/orders/place-order.ts"],
  ["server-knows-no-page-and-no-worker", "server/orders/e.ts", "worker/c.ts"],
  ["mail-templates-are-pages", "server/messaging/templates/a.ts", "app/ui/button.ts"],
  ["worker-runs-the-server", "worker/d.ts", "app/ui/button.ts"],
  ["sandbox-imports-no-product", "sandbox/a.ts", "server/kernel/money.ts"],
  ["nobody-imports-the-sandbox", "scripts/a.ts", "sandbox/b.ts"],
  ["nobody-imports-journeys", "scripts/b.ts", "e2e/a.ts"],
  ["everything-resolves", "scripts/c.ts", "scripts/nowhere.ts"],
];

const folder = mkdtempSync(join(tmpdir(), "kraftverk-layers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, { flag: "a" });
}

it("every rule of the layers fires on an import that breaks it", () => {
  // The other half of the ring; a ring is reported once.
  write("server/kernel/ring.ts", 'import "./ring-too.ts";\n');
  for (const [, from, to] of wrong) {
    write(
      from,
      `import ${JSON.stringify(`${"../".repeat(from.split("/").length - 1)}${to}`)};\nexport const here = 1;\n`,
    );
    if (to !== "scripts/nowhere.ts") write(to, "");
  }
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json"]) write(file, readFileSync(join(root, file), "utf8"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const program = join(root, "node_modules/.bin/depcruise");
  const folders = ["app", "server", "worker", "drizzle", "sandbox", "scripts", "e2e"];
  const parameters = [program, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  const found = (JSON.parse(stdout).summary.violations as { rule: { name: string }; from: string }[]).map(
    ({ rule, from }) => `${rule.name}: ${from}`,
  );
  for (const [rule, from] of wrong) expect(found).toContain(`${rule}: ${from}`);
  expect(new Set(wrong.map(([rule]) => rule))).toEqual(new Set(rules.forbidden.map(({ name }) => name)));
});
