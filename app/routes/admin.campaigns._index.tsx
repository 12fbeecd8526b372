import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { campaignState } from "~/lib/campaigns/campaign-state.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { campaignsList } from "~/lib/lists/campaigns.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { Field } from "~/ui/field.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, campaignsList);
    const page = await caller.pricing.campaigns.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, campaigns: page.items, list: await asked.view(page) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      const { id } = await caller.pricing.campaigns.editor.create({ name: form.text("name") });
      return redirect(`/admin/campaigns/${id}/edit`);
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ nameMissing: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.campaigns.title"), locale });
};

export default function Campaigns() {
  const t = useT();
  const { campaigns, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const columns: Column<(typeof campaigns)[number]>[] = [
    { key: "name", header: t("office.campaigns.name"), phone: "title", cell: (campaign) => campaign.name },
    {
      key: "phase",
      header: t("office.campaigns.phase"),
      phone: "aside",
      cell: (campaign) => <StatusBadge of="campaign" state={campaignState(campaign.phase)} />,
    },
    {
      key: "products",
      header: t("office.campaigns.products"),
      phone: "status",
      cell: (campaign) => campaign.products.join(", ") || t("words.none"),
    },
    {
      key: "period",
      header: t("office.campaigns.until"),
      phone: "meta",
      cell: (campaign) => (campaign.endAt ? <Moment at={campaign.endAt} withTime /> : t("office.campaigns.open")),
    },
    {
      key: "problems",
      header: t("office.campaigns.prices"),
      cell: (campaign) =>
        campaign.problemCount > 0
          ? t("office.campaigns.problems", { count: campaign.problemCount })
          : t("office.campaigns.fine"),
    },
  ];
  return (
    <ListPage
      definition={campaignsList}
      list={list}
      columns={columns}
      rows={campaigns}
      rowKey={(campaign) => campaign.id}
      rowHref={(campaign) => `/admin/campaigns/${encodeURIComponent(campaign.id)}`}
    >
      <p className="flex flex-wrap gap-x-4">
        <Link to="/admin/announcements" className="inline-flex min-h-8 items-center">
          {t("campaigns.incoming.link")}
        </Link>
        <Link to="/admin/endpoints" className="inline-flex min-h-8 items-center">
          {t("campaigns.endpoints.link")}
        </Link>
      </p>
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <div className="w-72 max-w-full">
          <Field
            compact
            name="name"
            label={t("campaigns.newName")}
            maxLength={200}
            error={result?.nameMissing ? t("campaigns.nameMissing") : undefined}
          />
        </div>
        <SubmitButton size="compact">{t("campaigns.create")}</SubmitButton>
      </Form>
    </ListPage>
  );
}
