import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A shape as the provider's published schemas say it. */
export interface Shape {
  type?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  items?: Shape;
  enum?: (string | number | boolean)[];
  nullable?: boolean;
  anyOf?: Shape[];
  allOf?: Shape[];
  $ref?: string;
  "x-openEnum"?: boolean;
  "x-resourceId"?: string;
  "x-params"?: Shape;
}

export interface Published {
  paths: Record<string, Partial<Record<"get" | "post" | "delete", { "x-params"?: Shape }>>>;
  components: { schemas: Record<string, Shape> };
}

export interface Recorded {
  version: string;
  method: string;
  path: string;
  status: number | string;
  response: unknown;
}

/** Where the published schemas and recorded answers lie, when they are at hand; they are no part of this project. */
export const referenceDir = process.env.STRIPE_REFERENCE_DIR;

export function readPublished(dir: string): Published {
  return JSON.parse(readFileSync(join(dir, "stripe-openapi-subset.json"), "utf8")) as Published;
}

export function readRecorded(dir: string): Recorded[] {
  const file = JSON.parse(readFileSync(join(dir, "stripe-recorded-reference.json"), "utf8")) as {
    interactions: Recorded[];
  };
  return file.interactions;
}

export function resolve(published: Published, shape: Shape): Shape {
  const only = shape.allOf?.length === 1 ? shape.allOf[0] : undefined;
  const name = (shape.$ref ?? only?.$ref)?.split("/").at(-1);
  return name === undefined ? shape : (published.components.schemas[name] ?? {});
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fits(type: string | undefined, value: unknown): boolean {
  if (type === undefined) return true;
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isTable(value);
  return typeof value === type;
}

/** Everything about a value that its published shape does not allow, as `where: what`. */
export function differences(published: Published, shape: Shape, value: unknown, at: string): string[] {
  if (value === null) {
    const nullable = shape.nullable || resolve(published, shape).nullable || shape.anyOf?.some((one) => one.nullable);
    return nullable ? [] : [`${at}: null`];
  }
  if (shape.anyOf) {
    const fitting = shape.anyOf.filter((one) => fits(resolve(published, one).type, value));
    const tries = (fitting.length > 0 ? fitting : shape.anyOf).map((one) => differences(published, one, value, at));
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  }
  const full = resolve(published, shape);
  if (full !== shape && full.anyOf) return differences(published, full, value, at);
  if (!fits(full.type, value)) return [`${at}: ${JSON.stringify(value)} is no ${full.type}`];
  if (full.enum && !full["x-openEnum"] && !full.enum.includes(value as string))
    return [`${at}: ${JSON.stringify(value)} is none of ${full.enum.join("|")}`];
  if (Array.isArray(value)) {
    const { items } = full;
    return items ? value.flatMap((one, index) => differences(published, items, one, `${at}[${index}]`)) : [];
  }
  if (!isTable(value) || !full.properties) return [];
  const extra = typeof full.additionalProperties === "object" ? full.additionalProperties : undefined;
  const known = full.properties;
  const lacking = (full.required ?? [])
    .filter((name) => value[name] === undefined)
    .map((name) => `${at}.${name}: missing`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const own = known[name] ?? extra;
    if (own) return differences(published, own, one, `${at}.${name}`);
    return full.additionalProperties === true ? [] : [`${at}.${name}: not published`];
  });
  return [...lacking, ...wrong];
}
