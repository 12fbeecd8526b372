import { html } from "hono/html";
import type { Published } from "../shapes/published.ts";
import { notThere } from "../stripe/api/not-there.ts";
import type { RequestLog } from "../stripe/api/request-log.ts";
import { operations } from "../stripe/api/routes.ts";
import { type Html, when } from "./layout.ts";

/** The last calls to the provider's API, and what was asked for in vain. */
export function callsPage(log: RequestLog, published: Published): Html {
  const gaps = notThere(published, operations);
  const missing = log.unimplemented();
  const rows = log.latest(200).map(
    (one) => html`<tr><td class="nowrap">${when(one.at)}</td><td>${one.method}</td><td>${one.path}</td>
<td class="${one.status < 400 ? "ok" : "bad"}">${one.status}${one.replayed ? " replayed" : ""}</td><td class="number">${one.milliseconds.toFixed(1)}</td>
<td>${one.idempotencyKey ?? "–"}</td>${one.error ? html`<td class="says">${one.error}</td>` : html`<td></td>`}</tr>`,
  );
  return html`<section aria-labelledby="missing"><h2 id="missing">Asked for and not simulated</h2>
${missing.length === 0 ? html`<p class="soft">Nothing so far.</p>` : html`<ul>${missing.map((one) => html`<li>${one.call} <span class="soft">× ${one.times}</span></li>`)}</ul>`}</section>
<section aria-labelledby="not-there"><h2 id="not-there">Not there yet: answered with 501</h2>
<p class="soft">From the provider's own list of what belongs to billing. A call to any of these changes nothing.</p>
<dl>${gaps.operations.map(([what, calls]) => html`<dt>${what}</dt><dd>${calls.map((one) => html`<code>${one}</code><br>`)}</dd>`)}</dl>
<details><summary>Parameters of operations that are there</summary><dl>${gaps.parameters.map(([what, names]) => html`<dt>${what}</dt><dd>${names.join(", ")}</dd>`)}</dl></details></section>
<section aria-labelledby="calls"><h2 id="calls">Last calls</h2>
${rows.length === 0 ? html`<p class="soft">No calls yet.</p>` : html`<div class="scroll" tabindex="0"><table><thead><tr><th>When</th><th>Method</th><th>Address</th><th>Answer</th><th class="number">ms</th><th>Idempotency key</th><th>Error</th></tr></thead><tbody>${rows}</tbody></table></div>`}</section>`;
}
