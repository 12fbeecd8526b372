import geistUrl from "@fontsource-variable/geist/files/geist-latin-wght-normal.woff2?url";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, ScrollRestoration } from "@remix-run/react";
import type { ReactNode } from "react";
import { AWAY, errorName } from "./lib/error-name.ts";
import { type Failure, readFailure } from "./lib/failure.ts";
import { LanguageProvider } from "./lib/i18n/language.tsx";
import { t as translate } from "./lib/i18n/translate.ts";
import { localeOfAddress } from "./lib/locale.ts";
import { usePageFacts } from "./lib/page/page-facts.tsx";
import { pageTitle } from "./lib/page/page-title.ts";
import { useRootData } from "./lib/page/root-data.ts";
import { THEME_COLORS } from "./lib/page/theme.ts";
import stylesUrl from "./ui/app.css?url";
import { ErrorPage } from "./ui/frame/error-page.tsx";
import { ImpersonationBar } from "./ui/frame/impersonation-bar.tsx";
import { ModuleScripts } from "./ui/frame/module-scripts.tsx";
import { OfflineNotice } from "./ui/frame/offline-notice.tsx";
import { PageAddresses } from "./ui/frame/page-addresses.tsx";
import { SandboxStrip } from "./ui/frame/sandbox-strip.tsx";
import { ShopFrame } from "./ui/frame/shop-frame.tsx";
import { SkipLink } from "./ui/frame/skip-link.tsx";
import { ProgressBar } from "./ui/progress-bar.tsx";
import { ToastProvider } from "./ui/toast.tsx";

export const links: LinksFunction = () => [
  { rel: "preload", href: geistUrl, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: stylesUrl },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
];

const YEAR_SECONDS = 31_536_000;

export async function loader({ context, request }: LoaderFunctionArgs) {
  if (context.comeBack !== null) {
    const [code, status] =
      context.comeBack.why === "away" ? [AWAY, 503] : (["identity.too_many_attempts", 429] as const);
    throw data<Failure>({ requestId: context.requestId, code, locale: context.locale }, { status });
  }
  const { locale, theme, profile, businessNow, sandboxUrl, company, requestId, baseUrl } = context;
  // Opening an address that says its language is a choice of that language.
  const ofPath = localeOfAddress(new URL(request.url));
  if (ofPath && !new RegExp(`(^|[;\\s-])locale=${ofPath}`).test(request.headers.get("cookie") ?? "")) {
    context.setCookie("locale", ofPath, { maxAgeSeconds: YEAR_SECONDS });
  }
  return {
    locale,
    theme,
    profile,
    businessNow: businessNow.toISOString(),
    sandboxUrl,
    company,
    requestId,
    baseUrl,
    ...(await context.standing()),
  };
}

/** What an error page is called; other pages name themselves. */
export const meta: MetaFunction<typeof loader> = ({ data: found, error }) => {
  const { code, locale: called } = readFailure(error);
  const locale = found?.locale ?? called ?? "sv";
  const t = translate(locale);
  if (!error) return [{ title: t("words.product") }];
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const what = errorName(status, code);
  return [{ title: pageTitle(t(`errors.${what}.title`), locale) }];
};

export function Layout({ children }: { children: ReactNode }) {
  const data = useRootData();
  const facts = usePageFacts();
  const locale = data?.locale ?? facts.locale;
  const theme = data?.theme ?? facts.theme;
  if (facts.part === "scripts") return <ModuleScripts />;
  return (
    <html lang={locale} className={`theme ${theme}`} data-request-id={data?.requestId ?? facts.requestId ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {theme === "system" ? (
          <>
            <meta name="theme-color" media="(prefers-color-scheme: light)" content={THEME_COLORS.light} />
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content={THEME_COLORS.dark} />
          </>
        ) : (
          <meta name="theme-color" content={THEME_COLORS[theme]} />
        )}
        <Meta />
        <PageAddresses />
        <Links />
      </head>
      <body>
        <LanguageProvider value={locale}>
          <ToastProvider>
            <SkipLink />
            <ProgressBar />
            {data?.viewer.seenByStaff && <ImpersonationBar {...data.viewer.seenByStaff} />}
            {data?.sandboxUrl && <SandboxStrip url={data.sandboxUrl} now={data.businessNow} />}
            {children}
            <OfflineNotice />
          </ToastProvider>
        </LanguageProvider>
        <ScrollRestoration nonce={facts.nonce} />
        <ModuleScripts />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return (
    <ShopFrame>
      <ErrorPage />
    </ShopFrame>
  );
}
