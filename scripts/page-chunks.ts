/** What the bundler tells of a module of the pages. */
type ModuleFacts = { readonly isEntry: boolean; readonly importedIds: readonly string[] };
type Bundle = { getModuleIds(): Iterable<string>; getModuleInfo(id: string): ModuleFacts | null };

/** What is known of a module when its file is chosen. */
export type Place = {
  /** The entries (routes, root, the browser's entry) that need it sooner or later. */
  readonly entries: ReadonlySet<string>;
  /** Whether it needs a library that some pages do without. */
  readonly needsLibrary: boolean;
};

/** What the file of an area's shared modules is called, by how the names of its routes begin. */
const AREAS = new Map([
  ["account", "account-parts"],
  ["admin", "office-parts"],
  ["_shop", "shop-parts"],
]);

/** Modules of several areas that fewer routes need stay in files that the others do not load. */
const MANY = 5;

const LIBRARIES = "/node_modules/";
/** What every page runs on. */
const FRAMEWORK =
  /\/node_modules\/(react|react-dom|react-router|react-router-dom|scheduler|turbo-stream|@remix-run\/[\w-]+)\//;
const ICONS = "/node_modules/lucide-react/";

/** The area whose page an entry makes; none for what stands around all pages, and for what is no page. */
function areaOf(entry: string): string | undefined {
  const name = /\/app\/routes\/(account|admin|_shop)\b/.exec(entry)?.[1];
  return AREAS.get(name ?? "");
}

/**
 * The file that a module goes into; undefined where the bundler decides, which makes one for each set of routes that need the
 * same. So libraries are loaded by the pages that need them, and by no other.
 */
export function chunkOf(id: string, { entries, needsLibrary }: Place): string | undefined {
  if (FRAMEWORK.test(id)) return "framework";
  // An icon is not worth a file.
  if (id.includes(LIBRARIES)) return id.includes(ICONS) ? "frame" : undefined;
  if ([...entries].some((entry) => /\/app\/(root|entry\.client)\.tsx/.test(entry)))
    return id.endsWith("/app/lib/i18n/catalogues.ts") ? "words" : "frame";
  if (entries.size < 2 || needsLibrary) return undefined;
  const areas = new Set([...entries].flatMap((entry) => areaOf(entry) ?? []));
  if (areas.size > 1) return entries.size < MANY ? undefined : "parts";
  return [...areas][0];
}

/** All that is needed by what stands in `from`, itself included. `isOpen`: whether to go on from there. */
function needsOf(from: string, bundle: Bundle, isOpen: (id: string) => boolean): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    if (isOpen(id)) open.push(...(bundle.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/** The place of each module of our own. */
function placesIn(bundle: Bundle): (id: string) => Place {
  // What a library imports is not all used: most have one module that imports all others.
  const isOurs = (id: string) => !id.includes(LIBRARIES);
  const entries = new Map<string, Set<string>>();
  for (const entry of bundle.getModuleIds()) {
    if (!bundle.getModuleInfo(entry)?.isEntry) continue;
    for (const id of needsOf(entry, bundle, isOurs)) entries.set(id, (entries.get(id) ?? new Set()).add(entry));
  }
  const isApart = (id: string) => !isOurs(id) && !FRAMEWORK.test(id) && !id.includes(ICONS);
  return (id) => ({
    entries: entries.get(id) ?? new Set(),
    needsLibrary: [...needsOf(id, bundle, isOurs)].some(isApart),
  });
}

/**
 * Gathers what pages share into a few files. Left alone the bundler makes one for each set of routes, and every page asks for
 * some fifty, each of them sent, kept and read by itself.
 */
export function pageChunks(): (id: string, bundle: Bundle) => string | undefined {
  let placeOf: ((id: string) => Place) | undefined;
  return (id, bundle) => {
    placeOf ??= placesIn(bundle);
    return chunkOf(id, placeOf(id));
  };
}
