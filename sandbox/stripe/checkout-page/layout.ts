import { html, raw } from "hono/html";
import { pageScript } from "./script.ts";
import { pageStyle } from "./style.ts";

export type Html = ReturnType<typeof html>;

/** The frame of every hosted page. */
export function page(title: string, nonce: string, body: Html, language = "en"): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${raw(pageStyle)}</style>
</head>
<body>
${body}
<script nonce="${nonce}">${raw(pageScript)}</script>
</body>
</html>`;
}
