import { html, raw } from "hono/html";
import type { Html } from "./layout.ts";

/** The id of an object in an event, as far as it has one. */
export function objectId(object: unknown): string {
  return typeof object === "object" && object !== null && "id" in object ? String(object.id) : "";
}

const linked = /&quot;((?:cus|prod|price|pm|pi|ch|re|txn|sub|si|in|inpay|evt|we|cs_test)_[A-Za-z0-9_]+)&quot;/g;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** An object as it is, with every id leading to what it names. */
export function json(value: unknown): Html {
  const escaped = JSON.stringify(value, null, 2).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return html`<pre>${raw(escaped.replace(linked, '&quot;<a href="/find?id=$1">$1</a>&quot;'))}</pre>`;
}
