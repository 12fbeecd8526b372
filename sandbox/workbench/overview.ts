import { html } from "hono/html";
import { scenarioNames, scenarios } from "../control/scenarios.ts";
import type { Bench } from "../control/server.ts";
import { formatAmount } from "../stripe/amounts.ts";
import { pendingDeliveries } from "../stripe/delivery/queue.ts";
import { bringPayouts } from "../stripe/payouts/make.ts";
import { byItself, looking } from "../stripe/unit.ts";
import { activeFaults, faultForm } from "./fault-form.ts";
import { type Html, when } from "./layout.ts";

export interface Said {
  text: string;
  bad: boolean;
}

/** A sentence with the id in it as a link. */
function linked(what: string): Html {
  const found = /^(.*?)\(([^()]*?)((?:[a-z_]+)_[A-Za-z0-9]{6,})\)$/.exec(what);
  if (!found) return html`${what}`;
  const [, text = "", before = "", id = ""] = found;
  return html`${text}<span class="soft">(${before}<a href="/find?id=${id}">${id.length > 34 ? `${id.slice(0, 20)}…` : id}</a>)</span>`;
}

function clockSection({ world, advance }: Bench): Html {
  const coming = advance.upcoming(12);
  const running = advance.running;
  const button = (by: string, label: string) => html`<button name="by" value="${by}">${label}</button>`;
  return html`<section aria-labelledby="clock"><h2 id="clock">Clock</h2>
<p class="clock"><time datetime="${new Date(world.clock.now()).toISOString()}">${when(world.clock.now())}</time></p>
<h3 id="next">What happens next</h3>
${coming.length === 0 ? html`<p>Nothing is due by itself.</p>` : html`<ol class="next" tabindex="0" aria-labelledby="next">${coming.map(({ at, what }) => html`<li><time datetime="${new Date(at).toISOString()}">${when(at)}</time> ${linked(what)}</li>`)}</ol>`}
${running ? html`<p class="warn">On its way to ${when(running.target)}, ${running.steps} steps done.</p>` : ""}
<form method="post" action="/_workbench/advance" class="row">
<button name="to" value="next" class="first">To the next event</button>${button("P1D", "+1 day")}${button("P1M", "+1 month")}${button("P1Y", "+1 year")}
</form>
<form method="post" action="/_workbench/advance" class="row"><label>To an instant (UTC) <input type="datetime-local" name="to" required></label><button>Go there</button></form>
<p class="soft">Everything due on the way happens in order, here and in the product. Time never goes back.</p></section>`;
}

function holdingsSection({ world, mailbox, log }: Bench): Html {
  const pending = pendingDeliveries(world);
  const missing = log.unimplemented();
  return html`<section aria-labelledby="holdings"><h2 id="holdings">What is here</h2>
<dl><dt>Customers</dt><dd><a href="/objects?kind=customer">${world.customers.count()}</a></dd>
<dt>Subscriptions</dt><dd><a href="/objects?kind=subscription">${world.subscriptions.count()}</a></dd>
<dt>Invoices</dt><dd><a href="/objects?kind=invoice">${world.invoices.count()}</a></dd>
<dt>Payments</dt><dd><a href="/objects?kind=payment_intent">${world.paymentIntents.count()}</a></dd>
<dt>Checkouts</dt><dd><a href="/objects?kind=checkout.session">${world.sessions.count()}</a></dd>
<dt>Events</dt><dd><a href="/events">${world.events.count()}</a>, ${pending} deliveries waiting</dd>
<dt>Mail</dt><dd><a href="/mailbox">${mailbox.count()}</a></dd></dl>
${missing.length === 0 ? "" : html`<p class="warn">${missing.length} operations were asked for and are not simulated: <a href="/calls">see which</a>.</p>`}
</section>`;
}

function endpointsSection({ world }: Bench): Html {
  const rows = world.endpoints
    .all()
    .map(
      (one) =>
        html`<tr><td>${one.url}</td><td>${one.enabled_events.join(", ")}</td><td class="${one.status === "enabled" ? "ok" : "bad"}">${one.status}</td></tr>`,
    );
  return html`<section aria-labelledby="endpoints"><h2 id="endpoints">Webhooks go to</h2>
${rows.length === 0 ? html`<p class="soft">Nobody listens.</p>` : html`<div class="scroll" tabindex="0"><table class="short"><tbody>${rows}</tbody></table></div>`}</section>`;
}

const resetSection = html`<section aria-labelledby="reset"><h2 id="reset">Reset</h2>
<p>Forgets every object, event, mail and fault, and sets the clock to real time. The product keeps its own data.</p>
<form method="post" action="/_workbench/reset" class="row"><label>Type the word reset <input name="word" autocomplete="off" required></label><button class="danger">Reset the sandbox</button></form></section>`;

/** What can be made to happen to a customer, at the press of a button. */
function scenariosSection({ world }: Bench, chosen: string): Html {
  const customers = world.customers.page({ limit: 30 }).data;
  const options = customers.map(
    (one) =>
      html`<option value="${one.id}"${one.id === chosen ? html` selected` : ""}>${[one.name, one.email].filter(Boolean).join(", ") || one.id}</option>`,
  );
  const buttons = scenarioNames.map(
    (name) => html`<button name="scenario" value="${name}">${scenarios[name].label}</button>`,
  );
  return html`<section aria-labelledby="scenarios"><h2 id="scenarios">Make it happen</h2>
${
  customers.length === 0
    ? html`<p class="soft">There is no customer yet: buy something first.</p>`
    : html`<form method="post" action="/_workbench/scenario"><div class="row"><label>Customer (the latest ${customers.length}) <select name="customer">${options}</select></label>
<label>or any customer's id <input name="id" placeholder="cus_…"></label></div><div class="row">${buttons}</div></form>`
}</section>`;
}

/** The latest transfers to the shop's bank; one button each, for what a bank may do to it. */
function payoutsSection({ world }: Bench): Html {
  const payouts = looking(world, byItself, (unit) => {
    bringPayouts(unit);
    return world.payouts.page({ limit: 5 }).data;
  });
  const rows = payouts.map(
    (one) =>
      html`<tr><td class="nowrap">${when(one.created * 1000)}</td><td><a href="/find?id=${one.id}">${one.id}</a></td><td class="number">${formatAmount(one.amount, one.currency)}</td><td>${one.status}</td>
<td>${one.status === "failed" ? "" : html`<form method="post" action="/_workbench/payout"><input type="hidden" name="id" value="${one.id}"><button aria-label="The bank sends ${one.id} back">Send back</button></form>`}</td></tr>`,
  );
  return html`<section aria-labelledby="payouts"><h2 id="payouts">Payouts</h2>
<p class="soft">What was paid goes to the shop's bank a week later, a transfer a day and currency, and arrives two days after that.</p>
${rows.length === 0 ? html`<p class="soft">None yet.</p>` : html`<div class="scroll" tabindex="0"><table><tbody>${rows}</tbody></table></div>`}</section>`;
}

const stateSection = html`<section aria-labelledby="state"><h2 id="state">Keep this state</h2>
<p>Everything here as one file, to look at again later or to go on with in another sandbox: <a href="/_control/export" download="sandbox.json">download it</a>.</p>
<form method="post" action="/_workbench/import" enctype="multipart/form-data" class="row"><label>A file that was downloaded <input type="file" name="state" accept="application/json,.json" required></label><button>Put it in place of everything here</button></form></section>`;

/** The workbench's first page. */
export function overview(bench: Bench, said: Said | undefined, customer = ""): Html {
  const active = activeFaults(bench.faults.get());
  return html`${said ? html`<section class="said${said.bad ? " bad" : ""}" role="${said.bad ? "alert" : "status"}">${said.text}</section>` : ""}
${active.length === 0 ? "" : html`<section class="said"><strong class="warn">Going wrong on purpose:</strong> ${active.join("; ")}</section>`}
<div class="two">${clockSection(bench)}${holdingsSection(bench)}</div>
${scenariosSection(bench, customer)}
${payoutsSection(bench)}
${endpointsSection(bench)}
<section aria-labelledby="faults"><h2 id="faults">Faults</h2>${faultForm(bench.faults.get())}</section>
${stateSection}
${resetSection}`;
}
