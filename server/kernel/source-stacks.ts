import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findOrigin, type SourceMapText } from "./source-map.ts";

type Frame = { toString(): string };
type Prepare = (error: Error, frames: readonly Frame[]) => string;

/** `file:///…/build/processes/web.js:12:34` anywhere in a frame. */
const PLACE = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/;
/** Frames that are remembered with their place in the source: the same errors come again. */
const MOST_KNOWN = 2_000;

/**
 * Makes the stacks of a bundled process name the source files. The maps are read when a stack is looked at and let go of at
 * once: Node's own reader keeps 50 MB of them for good and stands still for half a second while it reads them, and its
 * switch costs a fifth of the start besides.
 */
export function nameSourcesInStacks(): void {
  const known = new Map<string, string>();
  const named = (frame: string, mapOf: (url: string) => SourceMapText | null) => {
    let text = known.get(frame);
    if (text === undefined) {
      text = inSource(frame, mapOf);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(frame, text);
    }
    return text;
  };
  const prepare: Prepare = (error, frames) => {
    const maps = new Map<string, SourceMapText | null>();
    const mapOf = (url: string) => {
      let map = maps.get(url);
      if (map === undefined) {
        map = readMap(`${fileURLToPath(url)}.map`);
        maps.set(url, map);
      }
      return map;
    };
    return [headline(error), ...frames.map((frame) => `    at ${named(frame.toString(), mapOf)}`)].join("\n");
  };
  (Error as unknown as { prepareStackTrace: Prepare }).prepareStackTrace = prepare;
}

/** One frame with its place in the source where a map knows it. */
export function inSource(frame: string, mapOf: (url: string) => SourceMapText | null): string {
  return frame.replace(PLACE, (place, url: string, line: string, column: string) => {
    const map = mapOf(url);
    const origin = map && findOrigin(map, Number(line), Number(column));
    return origin ? `${origin.source.replace(/^(\.\.\/)+/, "")}:${origin.line}:${origin.column}` : place;
  });
}

function readMap(path: string): SourceMapText | null {
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, "utf8")) as SourceMapText;
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}
