import { migrate } from "../../drizzle/migrate.ts";
import { readArguments } from "../process/arguments.ts";
import { command } from "./command.ts";
import { withDatabase } from "./open-database.ts";

readArguments("npm run db:migrate    brings the shop's database to this version", {});

await command(async () => {
  await withDatabase((urls) => migrate({ ownerUrl: urls.owner, serviceUrl: urls.service }));
  return "The database is at this version.";
});
