import { html } from "hono/html";
import type { FaultSettings } from "../control/faults.ts";
import type { Html } from "./layout.ts";

/** What goes wrong now, in words. */
export function activeFaults({ webhooks, calls, smtp }: FaultSettings): string[] {
  return [
    ...(webhooks.drop === "all" || webhooks.drop > 0
      ? [webhooks.drop === "all" ? "every webhook is lost" : `${webhooks.drop * 100} % of webhooks are lost`]
      : []),
    ...(webhooks.delayMs > 0 ? [`webhooks are ${webhooks.delayMs} ms late`] : []),
    ...(webhooks.duplicate > 0 ? [`webhooks arrive ${webhooks.duplicate + 1} times`] : []),
    ...(webhooks.reorder ? ["webhooks arrive in reverse order"] : []),
    ...(webhooks.order === "observed" && !webhooks.reorder
      ? ["webhooks arrive as the provider was seen to send them, effects before causes"]
      : []),
    ...calls.map(
      (fault) =>
        `the next ${fault.times} ${fault.method ?? "calls"} to ${fault.path}: ${fault.kind} ${fault.when} the effect`,
    ),
    ...(smtp ? [`the next ${smtp.times} mails: ${smtp.kind} ${smtp.when} they are taken`] : []),
  ];
}

function number(form: FormData, name: string): number {
  return Number(form.get(name) || 0);
}

/** What the form asks for, in the control API's own words; a call fault is added to those that are set. */
export function faultsFromForm(form: FormData, current: FaultSettings): unknown {
  const drop = String(form.get("drop") ?? "0");
  const callKind = String(form.get("callKind") ?? "");
  const smtpKind = String(form.get("smtpKind") ?? "");
  const added = {
    path: String(form.get("callPath") || "/v1/"),
    kind: callKind,
    when: String(form.get("callWhen") ?? "before"),
    times: number(form, "callTimes") || 1,
  };
  return {
    webhooks: {
      drop: drop === "all" ? "all" : Number(drop),
      delayMs: number(form, "delayMs"),
      duplicate: number(form, "duplicate"),
      order: form.get("order") === "observed" ? "observed" : "causal",
      reorder: form.get("order") === "reversed",
    },
    calls: callKind === "" ? current.calls : [...current.calls, added],
    smtp:
      smtpKind === ""
        ? current.smtp
        : { kind: smtpKind, when: String(form.get("smtpWhen") ?? "before"), times: number(form, "smtpTimes") || 1 },
  };
}

function choice(name: string, label: string, options: readonly (readonly [string, string])[], chosen: string): Html {
  return html`<label>${label} <select name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ""}>${text}</option>`,
  )}</select></label>`;
}

const moments = [
  ["before", "before the effect"],
  ["after", "after the effect"],
] as const;

const orders = [
  ["causal", "as it happened"],
  ["observed", "as seen in the wild"],
  ["reversed", "reversed"],
] as const;

export function faultForm({ webhooks }: FaultSettings): Html {
  const lost = [
    ["0", "none"],
    ["0.2", "every fifth"],
    ["0.5", "every second"],
    ["all", "all"],
  ] as const;
  return html`<form method="post" action="/_workbench/faults">
<p class="soft">Webhooks: set until cleared.</p>
<div class="row">${choice("drop", "Lost", lost, String(webhooks.drop))}
<label>Late by (ms) <input type="number" name="delayMs" min="0" max="600000" value="${webhooks.delayMs}"></label>
<label>Extra copies <input type="number" name="duplicate" min="0" max="10" value="${webhooks.duplicate}"></label>
${choice("order", "Order", orders, webhooks.reorder ? "reversed" : webhooks.order)}</div>
<p class="soft">The next calls to the provider: used up by what they befall.</p>
<div class="row">${choice(
    "callKind",
    "Outcome",
    [
      ["", "no fault"],
      ["error", "error 500"],
      ["timeout", "no answer"],
      ["reset", "connection broken"],
      ["delay", "a second late"],
    ],
    "",
  )}
${choice("callWhen", "When", moments, "before")}
<label>Addresses beginning with <input name="callPath" value="/v1/"></label>
<label>Times <input type="number" name="callTimes" min="1" max="1000" value="1"></label></div>
<p class="soft">The next mails.</p>
<div class="row">${choice(
    "smtpKind",
    "Outcome",
    [
      ["", "no fault"],
      ["reject", "refused for now"],
      ["reset", "connection broken"],
    ],
    "",
  )}
${choice(
  "smtpWhen",
  "When",
  [
    ["before", "before the mail is taken"],
    ["after", "after the mail is taken"],
  ],
  "before",
)}
<label>Times <input type="number" name="smtpTimes" min="1" max="1000" value="1"></label></div>
<div class="row"><button class="first">Set faults</button><button formaction="/_workbench/faults/clear" formnovalidate>Clear all faults</button></div></form>`;
}
