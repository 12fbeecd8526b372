// npm run stripe:sync. Runs on Node 20 and without node_modules: see install.mjs.
import { launch } from "./launch.mjs";

await launch("scripts/stripe/main.ts");
