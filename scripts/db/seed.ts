import { readArguments } from "../process/arguments.ts";
import { prepareDatabase, seed } from "../run/contents.ts";
import { StartError } from "../run/failure.ts";
import { readSetup } from "../run/setup.ts";
import { command } from "./command.ts";
import { withDatabase } from "./open-database.ts";

readArguments("npm run db:seed    fills an empty shop with the demo", {});

await command(async () => {
  const { config } = readSetup(process.env);
  if (config.profile === "live") throw new StartError("The demo shop is not for a shop that takes real money.");
  await withDatabase(async (urls) => {
    await prepareDatabase(urls, { config });
    await seed(urls, config);
  });
  return "The demo shop is in the database.";
});
