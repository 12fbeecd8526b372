import { html } from "hono/html";
import { Collection, type Stored } from "../store/collection.ts";
import type { World } from "../stripe/world.ts";
import { eventRows } from "./events.ts";
import { json } from "./json.ts";
import { type Html, when } from "./layout.ts";

interface Shown {
  id: string;
  created: number;
}

/** The kinds that can be looked at: everything that the API shows, but not what the sandbox keeps for itself. */
function kinds(world: World): [string, Collection<Stored>][] {
  return Object.values<unknown>({ ...world }).flatMap((one): [string, Collection<Stored>][] =>
    one instanceof Collection && one.isShown ? [[one.name, one]] : [],
  );
}

export function findObject(world: World, id: string): Shown | undefined {
  if (id.startsWith("si_")) return world.subscriptions.first("item", id);
  for (const [, collection] of kinds(world)) {
    const found = collection.get(id);
    if (found) return found;
  }
  return undefined;
}

/** A word or two that tells one object from another in a list. */
function gist(object: Stored): string {
  const parts = [
    "status",
    "email",
    "name",
    "number",
    "unit_amount",
    "amount",
    "amount_total",
    "total",
    "currency",
    "lookup_key",
    "type",
    "url",
  ];
  const known = object as unknown as Record<string, unknown>;
  return parts
    .flatMap((part) =>
      typeof known[part] === "string" || typeof known[part] === "number" ? [String(known[part])] : [],
    )
    .slice(0, 4)
    .join(" · ");
}

export function objectsPage(world: World, kind: string | undefined, before: string | undefined): Html {
  const all = kinds(world);
  const [name, collection] = all.find(([one]) => one === kind) ?? all[0] ?? [];
  const page = collection?.page({ limit: 100, ...(before === undefined ? {} : { startingAfter: before }) }) ?? {
    data: [],
    hasMore: false,
  };
  const links = all.map(([one, of]) =>
    one === name
      ? html`<a href="/objects?kind=${one}" aria-current="page">${one} ${of.count()}</a>`
      : html`<a href="/objects?kind=${one}">${one} ${of.count()}</a>`,
  );
  const rows = page.data.map(
    (one) =>
      html`<tr><td class="nowrap">${when(one.created * 1000)}</td><td><a href="/find?id=${one.id}">${one.id}</a></td><td>${gist(one)}</td></tr>`,
  );
  const last = page.data.at(-1);
  return html`<section><form method="get" action="/find" class="row"><label>Any id <input name="id" required placeholder="sub_…"></label><button>Find</button></form></section>
<section><div class="row">${links}</div></section>
<section><h2>${name}</h2>${rows.length === 0 ? html`<p class="soft">None yet.</p>` : html`<div class="scroll" tabindex="0"><table><thead><tr><th>Created</th><th>Id</th><th>In short</th></tr></thead><tbody>${rows}</tbody></table></div>`}
${page.hasMore && last ? html`<p><a href="/objects?kind=${name}&amp;before=${last.id}">Older</a></p>` : ""}</section>`;
}

/** One object: its history of events, and how it is now. */
export function objectPage(world: World, object: Shown): Html {
  const history = world.events.page({ where: { object: object.id }, limit: 100 }).data;
  return html`<section><h2>History</h2>${history.length === 0 ? html`<p class="soft">No events.</p>` : html`<div class="scroll" tabindex="0"><table><tbody>${eventRows({ world }, history)}</tbody></table></div>`}</section>
<section><h2>JSON</h2>${json(object)}</section>`;
}
