import { readFileSync } from "node:fs";

type Listed = { readonly [name: string]: Listed };

const FILE = new URL("../../server/trpc/output-properties.txt", import.meta.url);

/** Of every procedure of visitors and customers, the properties that its answers may have: `items[].name.sv`, `*` for any name. */
export function readListed(text = readFileSync(FILE, "utf8")): ReadonlyMap<string, readonly string[]> {
  const listed = new Map<string, string[]>();
  let paths: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("  ")) paths.push(line.trim());
    else if (line !== "") {
      paths = [];
      listed.set(line, paths);
    }
  }
  return listed;
}

function treeOf(paths: readonly string[]): Listed {
  const tree: Record<string, Listed> = {};
  for (const path of paths) {
    let at = tree;
    for (const name of namesOf(path)) {
      at[name] ??= {};
      at = at[name] as Record<string, Listed>;
    }
  }
  return tree;
}
const namesOf = (path: string) => path.replaceAll("[]", ".[]").split(".").filter(Boolean);

/** The properties of an answer that are on no list. */
export function unlisted(answer: unknown, paths: readonly string[]): string[] {
  return [...new Set(beyond(answer, treeOf(paths), ""))];
}

function beyond(value: unknown, tree: Listed, at: string): string[] {
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  const parts = Array.isArray(value) ? value.map((one) => ["[]", one] as const) : Object.entries(value);
  return parts.flatMap(([name, inner]) => {
    const here = name === "[]" ? `${at}[]` : at === "" ? name : `${at}.${name}`;
    const next = tree[name] ?? tree["*"];
    return inner === undefined ? [] : next ? beyond(inner, next, here) : [here];
  });
}

let list: ReadonlyMap<string, readonly string[]> | undefined;

/** The same caller; what a procedure of visitors and customers answers beyond its list is an error (R29). */
export function listedOnly<Caller>(caller: Caller): Caller {
  list ??= readListed();
  return wrapped(caller, [], list) as Caller;
}

function wrapped(of: unknown, path: readonly string[], listed: ReadonlyMap<string, readonly string[]>): unknown {
  return new Proxy(() => {}, {
    get: (_, name) =>
      typeof name === "symbol" || name === "then"
        ? undefined
        : wrapped((of as Record<string, unknown>)[name], [...path, name], listed),
    apply: async (_, __, input) => {
      const answer = await (of as (...input: unknown[]) => Promise<unknown>)(...input);
      const procedure = path.join(".");
      const paths = listed.get(procedure);
      const more = paths ? unlisted(answer, paths) : [];
      if (more.length > 0)
        throw new Error(
          `${procedure} answers ${more.join(", ")}: may whoever calls it see that? Then add it to server/trpc/output-properties.txt.`,
        );
      return answer;
    },
  });
}
