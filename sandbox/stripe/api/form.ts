import { invalid } from "./errors.ts";

/** A parameter as it arrives: text, or a table of parameters. */
export type Raw = string | RawTable;
export interface RawTable {
  [name: string]: Raw;
}

function table(): RawTable {
  // No prototype, so that a parameter may be called `constructor`.
  return Object.create(null) as RawTable;
}

/** `items[0][price]` → items, 0, price; `expand[]` → expand, "". */
function segments(name: string): string[] {
  const open = name.indexOf("[");
  if (open < 0) return [name];
  const parts = [name.slice(0, open)];
  const inner = /\[([^\]]*)\]/gy;
  inner.lastIndex = open;
  for (let match = inner.exec(name); match; match = inner.exec(name)) parts.push(match[1] ?? "");
  return parts;
}

function place(into: RawTable, path: string[], value: string): void {
  let current = into;
  path.forEach((segment, depth) => {
    const name = segment === "" ? String(Object.keys(current).length) : segment;
    if (depth === path.length - 1) {
      current[name] = value;
      return;
    }
    const existing = current[name];
    const next = existing === undefined || typeof existing === "string" ? table() : existing;
    current[name] = next;
    current = next;
  });
}

/** Reads a form body or query string in bracket notation. Lists are tables with the keys 0, 1, 2 … */
export function parseForm(text: string): RawTable {
  const result = table();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = segments(name);
    if (path.length > 12) throw invalid("Your request nests its parameters too deeply.", path[0]);
    place(result, path, value);
  }
  return result;
}
