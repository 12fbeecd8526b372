import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * The address of a file by its path from the project's folder. The code that asks may run from its source or from the
 * bundle under `build/`, which lie at different depths.
 */
export function projectFile(path: string): URL {
  const folder = findPackageJSON(import.meta.url);
  if (folder === undefined) throw new Error(`${import.meta.url} belongs to no project.`);
  return new URL(path, pathToFileURL(folder));
}
