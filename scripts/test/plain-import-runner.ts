import { pathToFileURL } from "node:url";
import { TestRunner } from "vitest";
import "./short-ways.ts";

/**
 * Imports a file of tests under its own name: a process runs each once. Vitest adds the time of day to it, so Node would compile
 * every file at every run, and keep what it made of each of them for ever. What is set up is set up for every file anew.
 */
export default class PlainImportRunner extends TestRunner {
  override importFile(path: string, source: Parameters<TestRunner["importFile"]>[1]): unknown {
    return source === "setup" ? super.importFile(path, source) : import(pathToFileURL(path).href);
  }
}
