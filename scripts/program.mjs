// node scripts/program.mjs <entry.ts> …: a command of package.json on the pinned Node, installed first when it has to be.
// Runs on Node 20 and without node_modules, like start.mjs.
import { launch } from "./launch.mjs";

const [entry = "", ...parameters] = process.argv.slice(2);
await launch(entry, parameters);
