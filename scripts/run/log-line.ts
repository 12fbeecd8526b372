import { styleText } from "node:util";

type Level = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

const colors: Record<Level, Parameters<typeof styleText>[0]> = {
  trace: "dim",
  debug: "dim",
  info: "green",
  warn: "yellow",
  error: "red",
  fatal: "red",
};

/** What every line has and its reader knows already. */
const unsaid = new Set(["level", "time", "process", "pid", "hostname", "msg", "err", "requestId"]);

/**
 * A line of a process's log as a person reads it: time, process, level, message, then what else it says. Lines that are not
 * JSON come out as they are.
 */
export function readableLine(source: string, line: string): string {
  const entry = parse(line);
  if (!entry) return `${styleText("dim", `         ${source.padEnd(7)}`)} ${line}`;
  const level = isLevel(entry.level) ? entry.level : "info";
  const time = typeof entry.time === "string" ? entry.time.slice(11, 19) : "        ";
  const details = Object.entries(entry)
    .filter(([name, value]) => !unsaid.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const head = `${styleText("dim", time)} ${source.padEnd(7)} ${styleText(colors[level], level.padEnd(5))} ${entry.msg ?? ""}`;
  const tail = details.length > 0 ? ` ${styleText("dim", details.join(" "))}` : "";
  return head + tail + failure(entry.err, level);
}

function failure(err: unknown, level: Level): string {
  if (typeof err !== "object" || err === null) return "";
  const { stack, message } = err as { stack?: unknown; message?: unknown };
  const text = (level === "error" || level === "fatal") && typeof stack === "string" ? stack : message;
  return typeof text === "string" ? `\n${styleText("dim", text.replace(/^/gm, "         "))}` : "";
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isLevel(value: unknown): value is Level {
  return typeof value === "string" && value in colors;
}
