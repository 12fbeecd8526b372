import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { hitHref } from "~/lib/office/work-href.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";

/** An id that was pasted names one thing: go there. */
const LOOKS_LIKE_ID = /^(?:[a-z]+_[A-Za-z0-9_]{8,}|KV-\d+)$/i;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const query = (listPage(args.request).filter("q") ?? "").slice(0, 200);
    const hits = query.length < 2 ? [] : await caller.overview.search({ q: query });
    const [only] = hits.length === 1 ? hits : [];
    const href = only && LOOKS_LIKE_ID.test(query) ? hitHref(only) : null;
    if (href) throw redirect(href);
    return { locale, query, hits };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("search.title"), locale });
};

export default function SearchPage() {
  const t = useT();
  const { query, hits } = useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("search.title")}</h1>
      {hits.length === 0 ? (
        <EmptyState title={query ? t("search.none", { query }) : t("search.title")}>{t("search.hint")}</EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {hits.map((hit) => {
            const href = hitHref(hit);
            return (
              <li key={`${hit.kind}:${hit.id}`} className="flex flex-wrap items-center gap-3 py-3">
                <Badge tone="neutral">{t(`search.kind.${hit.kind}`)}</Badge>
                {href ? (
                  <Link to={href} className="min-w-0 break-all">
                    {hit.label}
                  </Link>
                ) : (
                  <span className="min-w-0 break-all">{hit.label}</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
