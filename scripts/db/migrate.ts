// npm run db:migrate
import { migrate } from "../../drizzle/migrate.ts";
import { command } from "./command.ts";
import { withDatabase } from "./open-database.ts";

await command(async () => {
  await withDatabase((urls) => migrate({ ownerUrl: urls.owner, serviceUrl: urls.service }));
  return "The database is at this version.";
});
