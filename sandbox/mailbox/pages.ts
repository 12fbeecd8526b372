import { Hono } from "hono";
import { html } from "hono/html";
import { benchPage, type Html, when } from "../workbench/layout.ts";
import type { Letter, Mailbox } from "./store.ts";

const views = ["html", "text", "headers"] as const;
type View = (typeof views)[number];
const viewNames: Record<View, string> = { html: "As it looks", text: "Text", headers: "Headers" };

function list(letters: readonly Letter[], openId: number | undefined, to: string): Html {
  const rows = letters.map(
    (letter) => html`<li><a href="/mailbox/${letter.id}"${letter.id === openId ? html` aria-current="true"` : ""}>
<strong>${letter.subject || "(no subject)"}</strong><span>${letter.to.join(", ")}</span><span class="soft">${when(letter.receivedAt)}</span></a></li>`,
  );
  return html`<section class="${openId === undefined ? "" : "open-hides"}" aria-label="Letters">
<form method="get" action="/mailbox" class="row"><label>To <input name="to" type="email" value="${to}" placeholder="anyone"></label><button>Show</button></form>
${letters.length === 0 ? html`<p class="soft">No mail yet. What the product sends arrives here and goes no further.</p>` : html`<ul class="letters">${rows}</ul>`}
</section>`;
}

function content(letter: Letter, view: View): Html {
  if (view === "headers") {
    const rows = letter.headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
    return html`<div class="scroll" tabindex="0"><table><tbody>${rows}</tbody></table></div>`;
  }
  if (view === "text" || letter.html === "") return html`<pre>${letter.text || "(no text part)"}</pre>`;
  return html`<iframe title="The letter as it looks" src="/mailbox/${letter.id}/content" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function open(letter: Letter, view: View): Html {
  const tabs = views.map((one) =>
    one === view
      ? html`<a href="/mailbox/${letter.id}?view=${one}" aria-current="page">${viewNames[one]}</a>`
      : html`<a href="/mailbox/${letter.id}?view=${one}">${viewNames[one]}</a>`,
  );
  const files = letter.attachments.map((one) => `${one.name} (${one.type}, ${one.bytes} bytes)`).join(", ");
  return html`<section aria-label="Letter"><p><a href="/mailbox">← All mail</a></p>
<h2>${letter.subject || "(no subject)"}</h2>
<dl><dt>From</dt><dd>${letter.from}</dd><dt>To</dt><dd>${letter.to.join(", ")}</dd><dt>Received</dt><dd>${when(letter.receivedAt)}</dd>
${files === "" ? "" : html`<dt>Attached</dt><dd>${files}</dd>`}</dl>
<div class="tabs">${tabs}</div>
${content(letter, view)}
</section>`;
}

/** What a letter may do in its frame: show itself, and open links in a new window. */
const contentPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'; font-src data: http: https:; frame-ancestors 'self'";

/** The mailbox as a person sees it. */
export function mailboxPages(mailbox: Mailbox): Hono {
  const app = new Hono();
  app.get("/mailbox", async (c) => {
    const to = c.req.query("to") ?? "";
    const body = html`<div>${list(await mailbox.list(100, to || undefined), undefined, to)}</div>`;
    return benchPage(c, { title: "Mailbox", section: "/mailbox", body });
  });
  app.get("/mailbox/:id", async (c) => {
    const letter = await mailbox.get(Number(c.req.param("id")));
    if (!letter)
      return benchPage(c, {
        title: "No such letter",
        section: "/mailbox",
        body: html`<p><a href="/mailbox">All mail</a></p>`,
        status: 404,
      });
    const view = views.find((one) => one === c.req.query("view")) ?? "html";
    const body = html`<div class="mail">${list(await mailbox.list(100), letter.id, "")}${open(letter, view)}</div>`;
    return benchPage(c, { title: "Mailbox", section: "/mailbox", body });
  });
  app.get("/mailbox/:id/content", async (c) => {
    const letter = await mailbox.get(Number(c.req.param("id")));
    if (!letter) return c.notFound();
    // Links open beside the mailbox, as in any mail program.
    return c.body(`<base target="_blank">${letter.html}`, 200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": contentPolicy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    });
  });
  return app;
}
