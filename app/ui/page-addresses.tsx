import { useLocation } from "@remix-run/react";
import { isPublicPage, pageAddresses } from "~/lib/page-address.ts";
import { useRootData } from "~/lib/root-data.ts";

/** In the head: where this page is found, in which languages; or that it is not to be found at all. */
export function PageAddresses() {
  const { pathname } = useLocation();
  const baseUrl = useRootData()?.baseUrl;
  if (!baseUrl) return null;
  if (!isPublicPage(pathname)) return <meta name="robots" content="noindex" />;
  const { canonical, languages } = pageAddresses(pathname);
  const absolute = (path: string) => new URL(path, baseUrl).href;
  return (
    <>
      <link rel="canonical" href={absolute(canonical)} />
      <meta property="og:url" content={absolute(canonical)} />
      {languages.map(({ locale, path }) => (
        <link key={locale} rel="alternate" hrefLang={locale} href={absolute(path)} />
      ))}
      {languages[0] && <link rel="alternate" hrefLang="x-default" href={absolute(languages[0].path)} />}
    </>
  );
}
