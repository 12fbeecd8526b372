import pino, { type DestinationStream } from "pino";

/**
 * Standard output for the log, written line by line as it is said. Whoever reads it may go away: the process works on, and
 * ends when it is told to. (Written in the background, a line for a reader that is gone is tried for ever by the flush that
 * a fatal line asks for, and the process never ends.)
 */
export function logOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}
