import { type ParseArgsConfig, parseArgs } from "node:util";

/** What somebody typed after a command that it does not understand, or asked for its usage: told without a stack, and the end. */
function end(exitCode: 0 | 2, text: string): never {
  (exitCode === 0 ? console.log : console.error)(text);
  process.exit(exitCode);
}

/**
 * What was typed after a command, as `parseArgs` reads it. `--help` prints the usage and ends the process with 0; an option that
 * there is not, or one without its value, is named with the usage and ends it with 2, before anything was done.
 */
export function readArguments<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const typed = process.argv.slice(2);
  if (typed.includes("--help") || typed.includes("-h")) end(0, usage);
  try {
    return parseArgs(config);
  } catch (error) {
    // What parseArgs says goes on, after its first sentence, with how to pass words that begin with a dash.
    const [said = ""] = String((error as Error).message).split(/\. |\n/);
    return end(2, `${said}.\n\n${usage}`);
  }
}

/** Ends the process like an option that there is not: what was typed says something else that cannot be done. */
export const refuseArguments = (usage: string, problem: string): never => end(2, `${problem}\n\n${usage}`);
