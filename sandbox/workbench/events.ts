import { html } from "hono/html";
import type { Bench } from "../control/server.ts";
import { attemptsOf, type Delivery, deliveriesOf } from "../stripe/delivery/queue.ts";
import { matchesType } from "../stripe/events/operations.ts";
import type { Event } from "../stripe/wire.ts";
import { json, objectId } from "./json.ts";
import { type Html, when } from "./layout.ts";

const tones: Record<Delivery["state"], string> = { delivered: "ok", pending: "warn", failed: "bad", dropped: "bad" };

function outcome(deliveries: readonly Delivery[]): Html {
  if (deliveries.length === 0) return html`<span class="soft">nobody listened</span>`;
  return html`${deliveries.map((one) => html`<span class="${tones[one.state]}">${one.state}${one.attempts > 1 ? ` (${one.attempts} tries)` : ""}</span> `)}`;
}

/** The rows of a list of events. */
export function eventRows(bench: Pick<Bench, "world">, events: readonly Event[]): Html[] {
  return events.map(
    (
      one,
    ) => html`<tr><td><a href="/events/${one.id}">${one.type}</a><br><span class="soft nowrap">${when(one.created * 1000)}</span></td>
<td><a href="/find?id=${objectId(one.data.object)}">${objectId(one.data.object)}</a></td><td>${outcome(deliveriesOf(bench.world, one.id))}</td></tr>`,
  );
}

export function eventsPage(bench: Bench, type: string | undefined, before: string | undefined): Html {
  const page = bench.world.events.page({
    limit: 100,
    ...(before === undefined ? {} : { startingAfter: before }),
    matches: (one) => !type || matchesType(type, one.type),
  });
  const last = page.data.at(-1);
  return html`<section><form method="get" action="/events" class="row"><label>Type, such as invoice.* <input name="type" value="${type ?? ""}"></label><button>Show</button></form>
${page.data.length === 0 ? html`<p class="soft">No events.</p>` : html`<div class="scroll" tabindex="0"><table><thead><tr><th>Event</th><th>Object</th><th>Deliveries</th></tr></thead><tbody>${eventRows(bench, page.data)}</tbody></table></div>`}
${page.hasMore && last ? html`<p><a href="/events?type=${encodeURIComponent(type ?? "")}&amp;before=${last.id}">Older</a></p>` : ""}</section>`;
}

/** One event: what it said, and how telling it went. */
export function eventPage({ world }: Bench, id: string): Html | undefined {
  const event = world.events.get(id);
  if (!event) return undefined;
  const rows = deliveriesOf(world, id).flatMap((delivery) => {
    const url = world.endpoints.get(delivery.endpointId)?.url ?? "an endpoint that is gone";
    const attempts = attemptsOf(world, delivery.id);
    const waits =
      delivery.state === "pending"
        ? [
            html`<tr><td class="nowrap">${when(delivery.nextAt)}</td><td class="warn">to be tried</td><td></td><td>${url}</td><td></td></tr>`,
          ]
        : [];
    return [
      ...attempts.map(
        (one) =>
          html`<tr><td class="nowrap">${when(one.at)}</td><td class="${one.outcome === "delivered" ? "ok" : "bad"}">${one.outcome}${one.status === null ? "" : ` ${one.status}`}</td><td class="number">${one.milliseconds}</td><td>${url}</td><td class="says">${one.detail}</td></tr>`,
      ),
      ...waits,
    ];
  });
  return html`<section><dl><dt>Id</dt><dd>${event.id}</dd><dt>Type</dt><dd>${event.type}</dd><dt>When</dt><dd>${when(event.created * 1000)}</dd>
<dt>Object</dt><dd><a href="/find?id=${objectId(event.data.object)}">${objectId(event.data.object)}</a></dd></dl></section>
<section><h2>Deliveries</h2>${rows.length === 0 ? html`<p class="soft">Nobody listened.</p>` : html`<div class="scroll" tabindex="0"><table><thead><tr><th>When</th><th>Outcome</th><th class="number">ms</th><th>To</th><th>Answer</th></tr></thead><tbody>${rows}</tbody></table></div>`}
<form method="post" action="/_workbench/events/${event.id}/redeliver"><button>Deliver again</button></form></section>
<section><h2>JSON</h2>${json(event)}</section>`;
}
