import { command } from "../db/command.ts";
import { withDatabase } from "../db/open-database.ts";
import { readArguments } from "../process/arguments.ts";
import { prepareDatabase } from "../run/contents.ts";
import { readSetup } from "../run/setup.ts";
import { syncStripe } from "./sync-stripe.ts";

const USAGE = `npm run stripe:sync                             brings what is sold, its endpoint and its portal to Stripe
npm run stripe:sync -- --dry-run                only says what would be done
npm run stripe:sync -- --url https://your.shop  where the shop is reached, if it is not where it says it is`;
const { values } = readArguments(USAGE, { options: { "dry-run": { type: "boolean" }, url: { type: "string" } } });

await command(async () => {
  // A shop that takes real money does not start without it; before the first run there is none.
  const { STRIPE_WEBHOOK_SECRET = "whsec_of_an_endpoint_that_is_made_here" } = process.env;
  const setup = readSetup({ ...process.env, STRIPE_WEBHOOK_SECRET });
  return withDatabase(async (urls) => {
    await prepareDatabase(urls, setup);
    // The sandbox was given its endpoint at its start; a second one would deliver everything twice.
    const baseUrl = values.url ?? (setup.sandbox ? null : setup.config.baseUrl);
    return syncStripe(setup.productEnv(urls), { dryRun: values["dry-run"] ?? false, baseUrl });
  });
});
