import { findBrowser } from "../test/find-browser.ts";
import { runProgram } from "../test/run-program.ts";
import type { Findings } from "./report.ts";
import type { ShopUnderTest } from "./shop.ts";

/**
 * Every page in both languages, light and dark, on a phone and at a desk: no accessibility violation, a silent console,
 * nothing wider than the window. `npm test` opens every other page in two of these ways, in one language; this each in all of them,
 * and leaves a picture of each in test-results/pages/pictures.
 */
export async function provePages({ stop: _, ...addresses }: ShopUnderTest, found: Findings): Promise<void> {
  const say = (text: string) => void process.stdout.write(text);
  const env = {
    ...(await findBrowser(say)),
    KRAFTVERK_E2E: JSON.stringify(addresses),
    KRAFTVERK_EVERY_LOOK: "1",
  };
  const parameters = ["test", "--project=journeys", "--output=test-results/pages", "every-page"];
  const { code } = await runProgram("playwright", parameters, { env, say });
  found.check("every page in every language, light and size", code === 0);
}
