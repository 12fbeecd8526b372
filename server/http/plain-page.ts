import { cookiePolicy } from "../identity/index.ts";
import type { Config } from "../kernel/config.ts";
import { parseCookies } from "./cookies.ts";
import { type Locale, requestLocale } from "./locale.ts";
import type { Marks } from "./page-cache.ts";
import { requestUrl } from "./request-context.ts";

type Words = { readonly title: string; readonly text: string };
type Page = { lang: Locale; failed: Words; tooMany: Words; id: string; reload: string; home: string };

/** As the error pages say it (`app/lib/i18n`). */
const WORDS: Readonly<Record<Locale, Page>> = {
  sv: {
    lang: "sv",
    failed: {
      title: "Sidan kunde inte visas",
      text: "Felet är vårt och har loggats. Det du redan har sparat eller betalat är kvar.",
    },
    tooMany: {
      title: "Det blev för många förfrågningar",
      text: "De kom för tätt från din adress. Vänta en minut och ladda om sidan. Inget har gått förlorat.",
    },
    id: "Fel-id",
    reload: "Ladda om sidan",
    home: "Till startsidan",
  },
  en: {
    lang: "en",
    failed: {
      title: "The page could not be shown",
      text: "The fault is ours and has been logged. What you have already saved or paid is safe.",
    },
    tooMany: {
      title: "There were too many requests",
      text: "They came too fast from your address. Wait a minute and reload the page. Nothing is lost.",
    },
    id: "Error id",
    reload: "Reload the page",
    home: "To the home page",
  },
};

/** The colours of `app/ui/tokens.css`, which is not read where no page is made. */
const STYLE = `:root{color-scheme:light dark;--canvas:#f9f7f2;--fg:#161310;--muted:#655e56}
@media(prefers-color-scheme:dark){:root{--canvas:#161310;--fg:#f3f0e9;--muted:#aea89f}}
body{margin:0;background:var(--canvas);color:var(--fg);font:16px/1.5 "Geist Variable",system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:12vh 16px}
h1{font-size:26px;line-height:32px;margin:0 0 12px}p{margin:0 0 12px}
a{color:inherit}a:focus-visible{outline:2px solid;outline-offset:2px}.id{color:var(--muted);font-size:14px;overflow-wrap:anywhere}
.ways{display:flex;flex-wrap:wrap;gap:8px 24px}`;

/**
 * What a person sees where not even an error page can be made, because nobody knows who asks or the address asks too often:
 * what happened, what became of their things, and the id to find it by. Needs neither database nor pages. Null where no
 * person waits for a page: a program, a script of ours, a picture.
 */
export function plainPage(
  request: Request,
  config: Config,
  why: "failed" | { readonly wait: number },
  { nonce, requestId }: Marks,
): Response | null {
  const url = requestUrl(request, config);
  if (request.headers.get("accept")?.includes("text/html") !== true || url.pathname.startsWith("/api/")) return null;
  const words = WORDS[localeOf(request, url, config)];
  const { title, text } = why === "failed" ? words.failed : words.tooMany;
  const html = `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Kraftverk</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><p class="id">${words.id} <code>${requestId}</code></p>
<p class="ways"><a href="">${words.reload}</a> <a href="/">${words.home}</a></p></main></body></html>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  if (why === "failed") return new Response(html, { status: 500, headers });
  return new Response(html, { status: 429, headers: { ...headers, "Retry-After": String(why.wait) } });
}

function localeOf(request: Request, url: URL, config: Config): Locale {
  const { headers } = request;
  const { prefix } = cookiePolicy(config.profile, url, headers.get("user-agent"));
  const chosen = parseCookies(headers.get("cookie")).get(`${prefix}locale`);
  return requestLocale(url.pathname, chosen, headers.get("accept-language"), url.searchParams.get("lang"));
}
