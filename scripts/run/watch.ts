import { type FSWatcher, watch } from "node:fs";

/** Calls `changed` shortly after source files in some of the folders were written; once for a burst of writes. */
export function watchSource(folders: string[], changed: () => void): () => void {
  let pending: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|tsx|sql)$/.test(file) || /\.(test|spec)\.tsx?$/.test(file)) return;
      clearTimeout(pending);
      pending = setTimeout(changed, 150);
    }),
  );
  return () => {
    clearTimeout(pending);
    for (const watcher of watchers) watcher.close();
  };
}
