import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { listAt } from "~/lib/lists/definition.ts";
import { deliveriesList } from "~/lib/lists/deliveries.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { AnnouncementDelivery } from "~/ui/campaigns/announcement-delivery.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { ShownOnce } from "~/ui/identity/shown-once.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const asked = openList(args, deliveriesList, { endpointId: id });
    const endpoint = await caller.announcements.endpoints.get({ id });
    const page = await caller.announcements.deliveries.list({
      ...asked.filters,
      ...asked.place,
      endpointId: id,
      counted: true,
    });
    return { locale, endpoint, deliveries: page.items, list: await asked.view(page) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    const { endpoints, deliveries } = caller.announcements;
    switch (form.text("act")) {
      case "rotate":
        return data({ secret: (await endpoints.rotate({ id })).secret, redelivered: false });
      case "on":
      case "off":
        await endpoints.set({ id, enabled: form.text("act") === "on" });
        return data({ secret: null, redelivered: false });
      default:
        await deliveries.redeliver({ id: form.text("delivery") });
        return data({ secret: null, redelivered: true });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.endpoint.name ?? "", locale: page?.locale ?? "sv" });

export default function EndpointPage() {
  const t = useT();
  const { endpoint, deliveries, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const on = endpoint.disabledAt === null;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 text-26 font-bold break-words">{endpoint.name}</h1>
        <Badge tone={on ? "ok" : endpoint.disabledBy === "failures" ? "bad" : "neutral"}>
          {t(
            on
              ? "campaigns.endpoints.on"
              : endpoint.disabledBy === "failures"
                ? "campaigns.endpoints.offByFailures"
                : "campaigns.endpoints.off",
          )}
        </Badge>
      </div>
      {result?.secret && <ShownOnce secret={result.secret} />}
      {result?.redelivered && <Banner live tone="ok" title={t("campaigns.endpoints.redelivered")} />}
      <DescriptionList
        prose
        rows={[
          { term: t("campaigns.endpoints.url"), value: <span className="break-all">{endpoint.url}</span> },
          { term: t("campaigns.endpoints.failures"), value: endpoint.consecutiveFailures },
          ...(endpoint.previousSecretUntil
            ? [
                {
                  term: t("campaigns.endpoints.overlap"),
                  value: <Moment at={endpoint.previousSecretUntil} withTime />,
                },
              ]
            : []),
        ]}
      />
      <Form method="post" className="flex flex-col items-start gap-3">
        <p className="max-w-prose text-fg-muted">{t("campaigns.endpoints.rotateHint")}</p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="act" value="rotate" size="compact" variant="outline">
            {t("campaigns.endpoints.rotate")}
          </SubmitButton>
          <SubmitButton name="act" value={on ? "off" : "on"} size="compact" variant={on ? "danger" : "outline"}>
            {t(on ? "campaigns.endpoints.turnOff" : "campaigns.endpoints.turnOn")}
          </SubmitButton>
        </div>
      </Form>
      <ListPage
        part
        definition={listAt(deliveriesList, `/admin/endpoints/${endpoint.id}`)}
        list={list}
        columns={[]}
        rows={deliveries}
        rowKey={(delivery) => delivery.id}
        items={
          <ul className="divide-y divide-line border-y border-line">
            {deliveries.map((delivery) => (
              <AnnouncementDelivery key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        }
      />
    </div>
  );
}
