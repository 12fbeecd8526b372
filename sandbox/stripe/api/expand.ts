import type { Unit } from "../unit.ts";
import { invalid, StripeFault } from "./errors.ts";

/** For one kind of object: each field that can be expanded, and how it is filled in. */
export type Expansions = Record<string, (unit: Unit, value: unknown, owner: Record<string, unknown>) => unknown>;

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function cannotExpand(path: string): StripeFault {
  return invalid(`This property cannot be expanded (${path}).`, "expand");
}

interface Walk {
  unit: Unit;
  expansions: Record<string, Expansions>;
  path: string;
}

/** The node with one path expanded; nothing that is stored is touched. */
function expandIn(walk: Walk, node: Node, tokens: string[], kind: string, prefix: string, around = node): Node {
  const [token, ...rest] = tokens;
  if (token === undefined) return node;
  const own = typeof node.object === "string" && node.object !== "list" ? node.object : undefined;
  // What is no object of its own is part of the one around it.
  const [type, field] = own ? [own, token] : [kind, prefix === "" ? token : `${prefix}.${token}`];
  const fill = walk.expansions[type]?.[field];
  const owner = own ? node : around;
  const current = node[token];
  let value: unknown = current;
  if (fill && (current === null || current === undefined || typeof current === "string" || Array.isArray(current))) {
    const filled = fill(walk.unit, current, owner);
    // What an object has only sometimes, as a price its tiers, is not told as null.
    if (filled === undefined && current === undefined) return node;
    value = filled ?? current ?? null;
  } else if (!fill && !isNode(current) && !Array.isArray(current)) {
    if (current === null && rest.length > 0) return node;
    throw cannotExpand(walk.path);
  } else if (!fill && rest.length === 0 && isNode(current) && current.object === undefined)
    throw cannotExpand(walk.path);
  const step = (child: unknown): unknown =>
    isNode(child) && rest.length > 0 ? expandIn(walk, child, rest, type, field, owner) : child;
  return { ...node, [token]: Array.isArray(value) ? value.map(step) : step(value) };
}

/** Applies every `expand` path to an answer. */
export function expandAll(
  unit: Unit,
  expansions: Record<string, Expansions>,
  result: object,
  paths: readonly string[],
): object {
  let node = result as Node;
  for (const path of paths) {
    const tokens = path.split(".");
    const isList = node.object === "list" || (node.object === "search_result" && path !== "total_count");
    if (tokens.length > 4) {
      throw new StripeFault(400, {
        type: "invalid_request_error",
        code: "property_expansion_max_depth",
        message: `You cannot expand more than 4 levels of a property. Property: ${path}`,
      });
    }
    if (isList && tokens[0] !== "data") throw cannotExpand(path);
    node = expandIn({ unit, expansions, path }, node, tokens, isList ? "list" : String(node.object), "");
  }
  return node;
}
