// npm run -s db:roles | psql postgres://admin@host/postgres
import { randomBytes } from "node:crypto";
import { rolesSql, roleUrls } from "../postgres/roles.ts";

const password = () => randomBytes(24).toString("base64url");
const passwords = { owner: password(), service: password(), member: password() };
const database = "kraftverk";
const sql = rolesSql(database, passwords);
const urls = roleUrls("HOST:5432", database, passwords);

console.log(`-- Roles, database and schemas of Kraftverk, for a superuser. The passwords are new at every call: keep those you ran.
--   DATABASE_URL=${urls.member}
--   DATABASE_SERVICE_URL=${urls.service}
--   DATABASE_OWNER_URL=${urls.owner}

${sql.server}
${sql.create}
-- Connect to the new database before going on (psql does it here).
\\connect ${database}

${sql.database}`);
