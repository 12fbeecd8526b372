import { invalid } from "../stripe/api/errors.ts";
import type { Raw, RawTable } from "../stripe/api/form.ts";
import type { Published } from "./published.ts";
import type { OperationShape, Resolved, Shape } from "./shape.ts";

/** The types say only "number": these few may have a fraction. */
const fractions = /percent|percentage|height|length|weight|width|^value$|cb_score/;

const isList = (raw: RawTable) => Object.keys(raw).every((name) => /^\d{1,4}$/.test(name));

function spokenList(words: readonly unknown[]): string {
  if (words.length < 3) return words.join(" or ");
  return `one of ${words.slice(0, -1).join(", ")}, or ${String(words.at(-1))}`;
}

/**
 * Refuses what the provider's own parameters do not allow: unknown, missing or of the wrong type. What free keys such as metadata
 * may hold is checked where they are read: their limits have words of their own.
 */
export function checkParameters(published: Published, operation: OperationShape, raw: RawTable): void {
  const own: Shape = operation.parameters ?? { fields: {}, optional: [] };
  const shape = published.resolve(own);
  const extended: Shape =
    typeof shape === "object" && "fields" in shape
      ? { fields: { ...shape.fields, expand: { list: "string" } }, optional: [...shape.optional, "expand"] }
      : shape;
  check(published, extended, raw, "");
}

function check(published: Published, shape: Shape, raw: Raw, at: string): void {
  const full = published.resolve(shape);
  if (full === "anything") return;
  if (typeof full === "object" && "either" in full) checkEither(published, full.either, raw, at);
  else if (typeof raw === "string") checkText(full, raw, at);
  else if (typeof full === "string" || "enum" in full) throw invalid("Invalid string: {}", at);
  else if ("list" in full) {
    if (!isList(raw)) throw invalid("Invalid array", at);
    for (const [index, one] of Object.entries(raw)) check(published, full.list, one, `${at}[${index}]`);
  } else if ("fields" in full) checkTable(published, full, raw, at);
}

/** Of several shapes the one that is meant: by what was sent, text or a table. */
function checkEither(published: Published, shapes: readonly Shape[], raw: Raw, at: string): void {
  const full = shapes.map((one) => published.resolve(one));
  if (raw === "" && full.includes("empty")) return;
  const isText = (one: Shape) => typeof one === "string" || "enum" in one;
  const meant = full.filter((one) => one !== "null" && one !== "empty" && isText(one) === (typeof raw === "string"));
  const tried = meant.length > 0 ? meant : full.filter((one) => one !== "null" && one !== "empty");
  let first: unknown;
  for (const one of tried) {
    try {
      check(published, one, raw, at);
      return;
    } catch (error) {
      // Of two ways to read it, the number's words say best what is wrong.
      if (first === undefined || one === "number") first = error;
    }
  }
  if (first !== undefined) throw first;
}

function checkText(shape: Resolved, raw: string, at: string): void {
  if (raw === "" && shape !== "empty") {
    throw invalid(
      `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
      at,
      "parameter_invalid_empty",
    );
  }
  if (shape === "number") {
    const fraction = fractions.test(at.replace(/\]$/, "").split("[").at(-1) ?? "");
    if (fraction && !/^-?\d+(\.\d+)?$/.test(raw)) throw invalid(`Invalid decimal: ${raw}`, at);
    if (!fraction && !(/^-?\d+$/.test(raw) && Number.isSafeInteger(Number(raw))))
      throw invalid(`Invalid integer: ${raw}`, at, "parameter_invalid_integer");
  }
  if (shape === "boolean" && raw !== "true" && raw !== "false") throw invalid(`Invalid boolean: ${raw}`, at);
  if (typeof shape !== "object") return;
  if ("list" in shape) throw invalid("Invalid array", at);
  if (!("enum" in shape)) throw invalid("Invalid object", at);
  if (!shape.enum.map(String).includes(raw)) throw invalid(`Invalid ${at}: must be ${spokenList(shape.enum)}`, at);
}

function checkTable(published: Published, shape: Extract<Shape, { fields: unknown }>, raw: RawTable, at: string): void {
  const named = (name: string) => (at === "" ? name : `${at}[${name}]`);
  const unknown = Object.keys(raw)
    .filter((name) => !Object.hasOwn(shape.fields, name))
    .map(named);
  if (unknown.length > 0) {
    throw invalid(
      `Received unknown parameter${unknown.length > 1 ? "s" : ""}: ${unknown.join(", ")}`,
      unknown[0],
      "parameter_unknown",
    );
  }
  for (const [name, own] of Object.entries(shape.fields)) {
    const sent = raw[name];
    if (sent !== undefined) check(published, own, sent, named(name));
    else if (!shape.optional.includes(name))
      throw invalid(`Missing required param: ${named(name)}.`, named(name), "parameter_missing");
  }
}
