import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { endpointsList } from "~/lib/lists/endpoints.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { Field } from "~/ui/field.tsx";
import { ShownOnce } from "~/ui/identity/shown-once.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, endpointsList);
    const page = await caller.announcements.endpoints.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, endpoints: page.items, list: await asked.view(page) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const typed = { name: form.text("name"), url: form.text("url") };
    try {
      const { secret } = await caller.announcements.endpoints.add({ ...typed, accessKey: form.maybe("accessKey") });
      return data({ secret, refused: null, typed: null });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "invalid") throw error;
      const refused = refusal.code === "announcements.url_not_allowed" ? ("notAllowed" as const) : ("wrong" as const);
      return data({ secret: null, refused, typed }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: translate(page?.locale ?? "sv")("campaigns.endpoints.title"), locale: page?.locale ?? "sv" });

export default function Endpoints() {
  const t = useT();
  const { endpoints, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const columns: Column<(typeof endpoints)[number]>[] = [
    { key: "name", header: t("campaigns.endpoints.name"), phone: "title", cell: (one) => one.name },
    {
      key: "state",
      header: t("campaigns.endpoints.state"),
      phone: "aside",
      cell: (one) => (
        <Badge tone={one.disabledAt === null ? "ok" : one.disabledBy === "failures" ? "bad" : "neutral"}>
          {t(one.disabledAt === null ? "campaigns.endpoints.on" : "campaigns.endpoints.off")}
        </Badge>
      ),
    },
    { key: "url", header: t("campaigns.endpoints.url"), phone: "meta", cell: (one) => one.url },
    {
      key: "failures",
      header: t("campaigns.endpoints.failures"),
      numeric: true,
      cell: (one) => one.consecutiveFailures,
    },
    {
      key: "created",
      header: t("campaigns.endpoints.created"),
      phone: "meta",
      cell: (one) => <Moment at={one.createdAt} />,
    },
  ];
  return (
    <div className="flex flex-col gap-8">
      <ListPage
        definition={endpointsList}
        list={list}
        columns={columns}
        rows={endpoints}
        rowKey={(one) => one.id}
        rowHref={(one) => `/admin/endpoints/${one.id}`}
      >
        <p className="max-w-prose text-fg-muted">{t("campaigns.endpoints.intro")}</p>
        {result?.secret && <ShownOnce secret={result.secret} />}
        {result?.refused && <Banner live tone="bad" title={t(`campaigns.endpoints.${result.refused}`)} />}
      </ListPage>
      <OfficeSection title={t("campaigns.endpoints.add")}>
        <Form
          // An added receiver empties the form.
          key={result?.secret ?? ""}
          method="post"
          className="flex max-w-form flex-col items-start gap-4"
        >
          <div className="w-full">
            <Field
              compact
              name="name"
              label={t("campaigns.endpoints.name")}
              defaultValue={result?.typed?.name}
              maxLength={100}
            />
          </div>
          <div className="w-full">
            <Field
              compact
              type="url"
              name="url"
              label={t("campaigns.endpoints.url")}
              hint={t("campaigns.endpoints.urlHint")}
              defaultValue={result?.typed?.url}
            />
          </div>
          <div className="w-full">
            <Field
              compact
              type="password"
              name="accessKey"
              autoComplete="off"
              label={t("campaigns.endpoints.accessKey")}
              hint={t("campaigns.endpoints.accessKeyHint")}
            />
          </div>
          <SubmitButton size="compact">{t("campaigns.endpoints.add")}</SubmitButton>
        </Form>
      </OfficeSection>
    </div>
  );
}
