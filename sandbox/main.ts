import { setFlagsFromString } from "node:v8";
import { readConfig } from "./config.ts";
import { startSandbox } from "./start.ts";

// Left alone, the young part of the heap grows far beyond what lives in it, and the old part is looked through only when it holds
// four times what lives there: a busy year needs twice the memory.
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=80");

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const sandbox = await startSandbox(config);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (config.exitOnStdinEnd) {
    // The parent holds the other end: when it dies, however it dies, this end closes.
    process.stdin.resume();
    process.stdin.on("end", stop);
    process.stdin.on("error", stop);
  }
  console.log(JSON.stringify({ sandbox: "ready", port: sandbox.port, smtpPort: sandbox.smtpPort }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
