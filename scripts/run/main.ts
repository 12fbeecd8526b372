// npm start and npm run dev, on the pinned Node.
import { styleText } from "node:util";
import { checkPorts } from "./check-ports.ts";
import { type Claim, claimDataDir } from "./claim.ts";
import { explain, StartError } from "./failure.ts";
import { dataDirOf, readSetup } from "./setup.ts";
import { createShop, type Shop } from "./shop.ts";
import { summary } from "./summary.ts";

const begin = performance.now();
const secondSignalAfterMs = 500;
const dev = process.argv.includes("--dev");
const say = (line: string) => console.log(line);

let claim: Claim | null = null;
let shop: Shop | null = null;
let stoppingSince: number | null = null;

/** Ends this start once; asked again by the same person a moment later, ends it at once. */
async function end(exitCode: number, why?: string): Promise<void> {
  if (stoppingSince !== null) {
    // One Ctrl-C can arrive twice: from the terminal and from npm.
    if (performance.now() - stoppingSince < secondSignalAfterMs) return;
    say("Stopping at once.");
    shop?.kill();
    claim?.release();
    process.exit(130);
  }
  stoppingSince = performance.now();
  if (why) console.error(why);
  if (shop) {
    say(styleText("dim", "Stopping …"));
    await shop.stop();
    say(styleText("dim", "Stopped."));
  }
  claim?.release();
  process.exit(exitCode);
}

const stop = () => void end(0);
process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
// npm start itself was killed.
process.on("disconnect", stop);
process.channel?.unref();

try {
  const dataDir = dataDirOf(process.env);
  const port = process.env.PORT || "3000";
  const baseUrl = process.env.BASE_URL || `http://localhost:${port}`;
  claim = await claimDataDir(dataDir, { startedAt: new Date().toISOString(), baseUrl });
  const setup = readSetup(process.env, dev);
  const { config } = setup;
  await checkPorts([
    { setting: "PORT", use: "shop", port: config.PORT },
    { setting: "WORKER_PORT", use: "worker's health and metrics", port: config.WORKER_PORT },
    ...(setup.sandbox
      ? [
          { setting: "SANDBOX_PORT", use: "sandbox", port: config.SANDBOX_PORT },
          { setting: "SANDBOX_SMTP_PORT", use: "sandbox's mail", port: config.SANDBOX_SMTP_PORT },
        ]
      : []),
  ]);
  say(`Starting Kraftverk${dev ? " for development" : ""} …`);
  shop = createShop(setup, {
    say,
    noteChildren: (pids) => claim?.note(pids),
    failed: (reason) => void end(1, styleText("red", reason)),
  });
  await shop.start();
  if (stoppingSince === null) say(summary(config, performance.now() - begin));
} catch (error) {
  // Whatever fails because we are stopping is no news.
  if (stoppingSince === null) await end(1, error instanceof StartError ? error.message : explain(error));
}
