import { explain } from "../run/failure.ts";

/** Runs a command: says what it did, or in one message why not. */
export async function command(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
