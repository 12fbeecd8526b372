import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { offersList } from "~/lib/lists/offers.ts";
import { offerWords } from "~/lib/memberships/offer-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

const SELLING: readonly string[] = ["owner", "marketing"];

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, offersList);
    const page = await caller.offers.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, offers: page.items, list: await asked.view(page), mayWrite: SELLING.includes(role) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("offers.title"), locale });
};

/** What is offered to those who leave, and what comes of it. */
export default function Offers() {
  const t = useT();
  const locale = useLocale();
  const { offers, list, mayWrite } = useLoaderData<typeof loader>();
  const columns: Column<(typeof offers)[number]>[] = [
    { key: "name", header: t("offers.name"), phone: "title", cell: (offer) => offer.name },
    { key: "gives", header: t("offers.kind"), phone: "meta", cell: (offer) => offerWords(offer, t, locale) },
    {
      key: "state",
      header: t("offers.state"),
      phone: "aside",
      cell: (offer) => <Badge tone={offer.on ? "ok" : "neutral"}>{t(offer.on ? "offers.on" : "offers.off")}</Badge>,
    },
    { key: "shown", header: t("offers.shown"), numeric: true, cell: (offer) => offer.shown },
    {
      key: "accepted",
      header: t("offers.answer.accepted"),
      numeric: true,
      cell: (offer) => offer.accepted,
    },
    {
      key: "declined",
      header: t("offers.answer.declined"),
      numeric: true,
      cell: (offer) => offer.declined,
    },
    { key: "created", header: t("offers.created"), cell: (offer) => <Moment at={offer.createdAt} /> },
  ];
  return (
    <ListPage
      definition={offersList}
      list={list}
      columns={columns}
      rows={offers}
      rowKey={(offer) => offer.id}
      rowHref={(offer) => `/admin/offers/${offer.id}`}
    >
      <p className="max-w-prose text-fg-muted">{t("offers.intro")}</p>
      {mayWrite && (
        <p>
          <LinkButton to="/admin/offers/new">{t("offers.new")}</LinkButton>
        </p>
      )}
    </ListPage>
  );
}
