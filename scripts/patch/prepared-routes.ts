import { readFileSync } from "node:fs";

/**
 * Remix 2.17.5 (@remix-run/router 1.23.3) flattens, ranks and compiles every route path of the app for every request, and
 * once more for each part of the address when it renders: a seventh of the work of a page of this shop. It also makes the
 * elements and the tree of all routes anew for every document, and tries them in turn to find an address, and gathers
 * and compares what each route links to. Its routes never change while a process runs, so in the bundles the first request prepares them and the others use what it prepared.
 */
const CHANGES: readonly { readonly file: RegExp; readonly replaced: readonly (readonly [string, string])[] }[] = [
  {
    file: /@remix-run[\\/]router[\\/]dist[\\/]router\.(?:cjs\.)?js$/,
    replaced: [
      [
        "let branches = flattenRoutes(routes);\n  rankRouteBranches(branches);",
        "let branches = preparedBranches(routes);",
      ],
      [
        "for (let i = 0; matches == null && i < branches.length; ++i) {",
        "let found = foundIn(branches);\n  for (let i = (allowPartial ? 0 : found.get(decoded)) ?? 0; matches == null && i < branches.length; ++i) {",
      ],
      [
        "matches = matchRouteBranch(branches[i], decoded, allowPartial);",
        `matches = matchRouteBranch(branches[i], decoded, allowPartial);
    if (matches && !allowPartial && decoded.length < 200) {
      if (found.size >= 1000) found.clear();
      found.set(decoded, i);
    }`,
      ],
      [
        "\nfunction compilePath(path, caseSensitive, end) {",
        `
const branchesOf = new WeakMap();
function preparedBranches(routes) {
  let branches = branchesOf.get(routes);
  if (!branches) {
    branches = flattenRoutes(routes);
    rankRouteBranches(branches);
    branchesOf.set(routes, branches);
  }
  return branches;
}
const foundBranches = new WeakMap();
function foundIn(branches) {
  let found = foundBranches.get(branches);
  if (!found) foundBranches.set(branches, (found = new Map()));
  return found;
}
const compiledPaths = new Map();
function compilePath(path, caseSensitive, end) {
  const key = path + "\\n" + caseSensitive + "\\n" + end;
  let compiled = compiledPaths.get(key);
  if (!compiled) {
    compiled = compilePathAnew(path, caseSensitive, end);
    if (compiledPaths.size >= 1000) compiledPaths.clear();
    compiledPaths.set(key, compiled);
  }
  return compiled;
}
function compilePathAnew(path, caseSensitive, end) {`,
      ],
    ],
  },
  {
    file: /@remix-run[\\/]react[\\/]dist[\\/](?:esm[\\/])?fog-of-war\.js$/,
    replaced: [
      [
        "\nfunction getPartialManifest(",
        `
const idsOfManifest = new WeakMap();
function idsUnder(manifest, path, match) {
  let known = idsOfManifest.get(manifest.routes);
  if (!known) idsOfManifest.set(manifest.routes, (known = new Map()));
  let ids = known.get(path);
  if (!ids) {
    ids = (match() ?? []).map((found) => found.route.id);
    if (known.size >= 1000) known.clear();
    if (path.length < 200) known.set(path, ids);
  }
  return ids;
}
function getPartialManifest(`,
      ],
    ],
  },
  {
    file: /@remix-run[\\/]react[\\/]dist[\\/](?:esm[\\/])?links\.js$/,
    replaced: [
      [
        "\nfunction getKeyedLinksForMatches(",
        `
const linksOfManifest = new WeakMap();
function getKeyedLinksForMatches(matches, routeModules, manifest) {
  let known = linksOfManifest.get(manifest.routes);
  if (!known) linksOfManifest.set(manifest.routes, (known = new Map()));
  const routes = matches.map((match) => match.route.id).join(" ");
  let links = known.get(routes);
  if (!links) {
    links = getKeyedLinksForMatchesAnew(matches, routeModules, manifest);
    if (known.size < 500) known.set(routes, links);
  }
  return links;
}
function getKeyedLinksForMatchesAnew(`,
      ],
    ],
  },
];
/** What each document would make of all routes anew, in either format that the libraries ship: `$1` is how they call it. */
const MADE_ONCE: readonly { readonly file: RegExp; readonly found: RegExp; readonly put: string }[] = [
  {
    file: /@remix-run[\\/]react[\\/]dist[\\/](?:esm[\\/])?server\.js$/,
    found:
      /((?:routes\.)?createServerRoutes)\((manifest\.routes, routeModules, context\.future, context\.isSpaMode)\);/,
    put: "onceFor(manifest.routes, () => $1($2));",
  },
  {
    file: /react-router-dom[\\/]server\.m?js$/,
    found:
      /let manifest = \{\};\s*let dataRoutes = ((?:router\.)?UNSAFE_convertRoutesToDataRoutes)\(routes, ((?:reactRouter\.)?UNSAFE_mapRouteProperties), undefined, manifest\);/,
    put: `let { manifest, dataRoutes } = onceFor(routes, () => {
    const manifest = {};
    return { manifest, dataRoutes: $1(routes, $2, undefined, manifest) };
  });`,
  },
];
const ONCE_FOR = `
const madeOnce = new WeakMap();
function onceFor(routes, make) {
  let made = madeOnce.get(routes);
  if (!made) madeOnce.set(routes, (made = make()));
  return made;
}
`;
/** The look-up of a parent address, in both formats: only what the variables are called differs. */
const PARENTS =
  /let matches = ((?:router\.)?matchRoutes\((router(?:\$1)?)\.routes, path, \2\.basename\));\n\s*if \(matches\) \{\n\s*matches\.forEach\(m => routeIds\.add\(m\.route\.id\)\);\n\s*\}/;

/** The code of a library with its routes prepared once. Throws when it is not the code that this was written for. */
export function prepareRoutes(path: string, code: string): string {
  const made = MADE_ONCE.find(({ file }) => file.test(path));
  if (made) {
    if (!made.found.test(code)) throw unknown(path);
    return code.replace(made.found, made.put) + ONCE_FOR;
  }
  const change = CHANGES.find(({ file }) => file.test(path));
  if (!change) return code;
  let changed = code;
  for (const [before, after] of change.replaced) changed = once(path, changed, before, after);
  if (!path.includes("fog-of-war")) return changed;
  const parents = PARENTS.exec(changed);
  if (!parents) throw unknown(path);
  const [whole, match] = parents;
  return once(path, changed, whole, `for (const id of idsUnder(manifest, path, () => ${match})) routeIds.add(id);`);
}

function once(path: string, code: string, before: string, after: string): string {
  if (code.split(before).length !== 2) throw unknown(path);
  return code.replace(before, () => after);
}

function unknown(path: string): Error {
  return new Error(
    `${path} is not the code that scripts/patch/prepared-routes.ts was written for. Change it for this version, or take it out.`,
  );
}

type Load = { readonly path: string };
type Build = { onLoad(of: { filter: RegExp }, answer: (load: Load) => { contents: string; loader: "js" }): void };

/** For the bundler of the processes. */
export const preparedRoutes = {
  name: "prepared-routes",
  setup(build: Build): void {
    for (const { file } of [...CHANGES, ...MADE_ONCE])
      build.onLoad({ filter: file }, ({ path }) => ({
        contents: prepareRoutes(path, readFileSync(path, "utf8")),
        loader: "js",
      }));
  },
};
