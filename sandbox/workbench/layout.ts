import type { Context } from "hono";
import { html, raw } from "hono/html";
import { newNonce, pageHeaders } from "../http-security.ts";
import { benchStyle } from "./style.ts";

export type Html = ReturnType<typeof html>;

const pages = [
  ["/", "Workbench"],
  ["/events", "Events"],
  ["/objects", "Objects"],
  ["/calls", "Calls"],
  ["/mailbox", "Mailbox"],
] as const;

const script = `
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });`;

export interface BenchPage {
  title: string;
  /** Which entry of the navigation this page belongs to. */
  section: (typeof pages)[number][0];
  body: Html | Html[];
  status?: 200 | 400 | 403 | 404 | 409;
}

/** A page of the operator's side, with the sentence that matters most on top. */
export function benchPage(c: Context, page: BenchPage): Response | Promise<Response> {
  const nonce = newNonce();
  const links = pages.map(([path, name]) =>
    path === page.section
      ? html`<a href="${path}" aria-current="page">${name}</a>`
      : html`<a href="${path}">${name}</a>`,
  );
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Sandbox</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${raw(benchStyle)}</style>
</head>
<body>
<header class="strip">No money moves here. This is the sandbox.</header>
<nav aria-label="Sandbox">${links}</nav>
<main>
<h1>${page.title}</h1>
${page.body}
</main>
<script nonce="${nonce}">${raw(script)}</script>
</body>
</html>`;
  return c.html(document, page.status ?? 200, pageHeaders({ nonce, frames: page.section === "/mailbox" }));
}

/** An instant as the workbench writes it: `2026-12-20 09:00:00 UTC`. */
export function when(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
