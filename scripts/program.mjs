// node scripts/program.mjs <entry.ts> …: a command of package.json on the pinned Node, installed first when it has to be.
// Runs on Node 20 and without node_modules, like start.mjs.
import { launch } from "./launch.mjs";

// What is measured and proven here runs from source, and shall not pay for what the built processes do not pay for.
const hook = new URL("./patch/known-kinds-hook.ts", import.meta.url).href;

// Most of what they make is over in a moment, and would be copied as often as the usual 16 MB are full.
const roomForTheYoung = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

const [entry = "", ...parameters] = process.argv.slice(2);
await launch(entry, parameters, [...roomForTheYoung, "--import", hook]);
