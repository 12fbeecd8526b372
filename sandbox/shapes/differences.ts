import type { Resolved, Shape } from "./shape.ts";

type Resolve = (shape: Shape) => Resolved;

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value could be of a shape at all, looking no deeper than its kind and its `object`. */
function couldBe(resolve: Resolve, shape: Shape, value: unknown): boolean {
  const full = resolve(shape);
  if (full === "anything") return true;
  if (full === "null") return value === null;
  if (full === "empty") return value === "";
  if (typeof full === "string") return typeof value === full;
  if ("enum" in full) return full.open ? typeof value === "string" : full.enum.includes(value as string);
  if ("list" in full) return Array.isArray(value);
  if ("either" in full) return full.either.some((one) => couldBe(resolve, one, value));
  if (!isTable(value)) return false;
  if ("map" in full) return true;
  const kind = full.fields.object === undefined ? undefined : resolve(full.fields.object);
  if (typeof kind === "object" && "enum" in kind && !kind.enum.includes(String(value.object))) return false;
  // An event of one type is an object of its own.
  const type = kind !== undefined && value.object === "event" ? resolve(full.fields.type ?? "anything") : undefined;
  if (typeof type === "object" && "enum" in type && !type.enum.includes(String(value.type))) return false;
  const deleted = full.fields.deleted === undefined ? undefined : resolve(full.fields.deleted);
  const isDeleted = typeof deleted === "object" && "enum" in deleted && !full.optional.includes("deleted");
  return isDeleted === (value.deleted === true) || deleted === undefined;
}

function spoken(shape: Resolved): string {
  if (typeof shape === "string") return shape;
  if ("enum" in shape) return shape.enum.join("|");
  return "list" in shape ? "list" : "table";
}

/** Everything about a value that its shape does not allow, as `where: what`. Lists are shown as `[]`. */
export function differences(resolve: Resolve, shape: Shape, value: unknown, at: string): string[] {
  const full = resolve(shape);
  if (typeof full === "object" && "either" in full) {
    const fitting = full.either.filter((one) => couldBe(resolve, one, value));
    if (fitting.length === 0) return [`${at}: ${JSON.stringify(value)?.slice(0, 60)} is none of what it may be`];
    const tries = fitting.map((one) => differences(resolve, one, value, at));
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  }
  if (!couldBe(resolve, full, value)) return [`${at}: ${JSON.stringify(value)?.slice(0, 60)} is no ${spoken(full)}`];
  if (typeof full === "string" || "enum" in full) return [];
  if ("list" in full) return (value as unknown[]).flatMap((one) => differences(resolve, full.list, one, `${at}[]`));
  const entries = Object.entries(value as Record<string, unknown>).filter(([, one]) => one !== undefined);
  if ("map" in full) return entries.flatMap(([, one]) => differences(resolve, full.map, one, `${at}{}`));
  const said = new Set(entries.map(([name]) => name));
  const lacking = Object.keys(full.fields).filter((name) => !full.optional.includes(name) && !said.has(name));
  return [
    ...lacking.map((name) => `${at}.${name}: missing`),
    ...entries.flatMap(([name, one]) => {
      const own = full.fields[name];
      return own === undefined ? [`${at}.${name}: not published`] : differences(resolve, own, one, `${at}.${name}`);
    }),
  ];
}
