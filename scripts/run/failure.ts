/** Something the person who started the shop can do something about: told without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** What to print for an error that ended the start. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "StartError" || error.name === "ConfigError" ? error.message : (error.stack ?? error.message);
}
