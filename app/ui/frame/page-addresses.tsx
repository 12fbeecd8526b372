import { useLocation, useMatches } from "@remix-run/react";
import { isPublicPage, pageAddresses } from "~/lib/page/page-address.ts";
import { useRootData } from "~/lib/page/root-data.ts";

/** What a page has as its `handle` when a picture of its own is shown to who is sent a link to it. */
export type ShareHandle<Data> = {
  sharePicture(data: Data): { readonly path: string; readonly alt: string } | null;
};

/** The shop's own picture, for pages without one. */
const SHARED = { path: "/share.png", alt: "Kraftverk" };

function useSharePicture() {
  const match = useMatches().at(-1);
  const handle = match?.handle as ShareHandle<unknown> | undefined;
  return (match?.data ? handle?.sharePicture?.(match.data) : null) ?? SHARED;
}

/** In the head: where this page is found, in which languages; or that it is not to be found at all. */
export function PageAddresses() {
  const { pathname, search } = useLocation();
  const data = useRootData();
  const picture = useSharePicture();
  if (!data) return null;
  if (!isPublicPage(pathname)) return <meta name="robots" content="noindex" />;
  const { canonical, languages, anyLanguage } = pageAddresses(pathname, new URLSearchParams(search).get("lang"));
  const absolute = (path: string) => new URL(path, data.baseUrl).href;
  return (
    <>
      <link rel="canonical" href={absolute(canonical)} />
      <meta property="og:url" content={absolute(canonical)} />
      <meta property="og:image" content={absolute(picture.path)} />
      <meta property="og:image:alt" content={picture.alt} />
      <meta property="og:locale:alternate" content={data.locale === "sv" ? "en_GB" : "sv_SE"} />
      {languages.map(({ locale, path }) => (
        <link key={locale} rel="alternate" hrefLang={locale} href={absolute(path)} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={absolute(anyLanguage)} />
    </>
  );
}
