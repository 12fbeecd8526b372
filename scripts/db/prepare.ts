// npm run db:prepare: makes the three roles and the database on a server, then migrates. For a server that is there for the
// shop alone, as in compose.yaml; elsewhere an administrator runs what npm run db:roles prints.
import { migrate } from "../../drizzle/migrate.ts";
import { applyRoles } from "../postgres/roles.ts";
import { StartError } from "../run/failure.ts";
import { ownDatabase } from "../run/setup.ts";
import { command } from "./command.ts";

await command(async () => {
  const admin = process.env.DATABASE_ADMIN_URL;
  const urls = ownDatabase(process.env);
  if (!admin || !urls)
    throw new StartError(
      "Set DATABASE_ADMIN_URL (a superuser), DATABASE_URL, DATABASE_SERVICE_URL and DATABASE_OWNER_URL. The roles get the passwords of the three.",
    );
  const password = (url: string) => decodeURIComponent(new URL(url).password);
  await applyRoles(admin, new URL(urls.owner).pathname.slice(1), {
    owner: password(urls.owner),
    service: password(urls.service),
    member: password(urls.member),
  });
  await migrate({ ownerUrl: urls.owner, serviceUrl: urls.service });
  return "Roles, database and migrations are at this version.";
});
