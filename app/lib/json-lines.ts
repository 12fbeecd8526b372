/** A value of a JSON text, prepared for display: bounded in depth and number, secrets covered. */
export type JsonNode =
  | { kind: "leaf"; text: string; tone: "text" | "number" | "word" | "masked" }
  | {
      kind: "branch";
      open: "{" | "[";
      close: "}" | "]";
      entries: Array<{ name: string; node: JsonNode }>;
      cut: number;
    };

const MASK = "••••";
const SECRET_NAME = /secret|token|password|passwd|authorization|api_?key|signature|cvc|cvv|card_?number|fingerprint/i;
/** Twelve digits or more under a name like `number` could be a card; an invoice's number is not. */
const CARD_LIKE = /^\d(?:[ -]?\d){11,18}$/;

const MAX_DEPTH = 24;
const MAX_NODES = 2_000;

/**
 * Reads JSON that came from outside. Null when it is not JSON: show it as text then. What lies deeper or further than
 * a page should hold is counted, not shown. Masking here is a second net: the server masks before it sends.
 */
export function readJson(text: string): JsonNode | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const budget = { left: MAX_NODES };
  return toNode(value, "", 0, budget);
}

function toNode(value: unknown, name: string, depth: number, budget: { left: number }): JsonNode {
  budget.left -= 1;
  if (typeof value === "object" && value !== null) {
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    const shown: Array<{ name: string; node: JsonNode }> = [];
    for (const [key, child] of entries) {
      if (depth >= MAX_DEPTH || budget.left <= 0) break;
      shown.push({ name: key, node: toNode(child, key, depth + 1, budget) });
    }
    const [open, close] = isList ? (["[", "]"] as const) : (["{", "}"] as const);
    return { kind: "branch", open, close, entries: shown, cut: entries.length - shown.length };
  }
  if (value !== null && (SECRET_NAME.test(name) || CARD_LIKE.test(String(value))))
    return { kind: "leaf", text: MASK, tone: "masked" };
  if (typeof value === "string") return { kind: "leaf", text: JSON.stringify(value), tone: "text" };
  return { kind: "leaf", text: String(value), tone: typeof value === "number" ? "number" : "word" };
}
