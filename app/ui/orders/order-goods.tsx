import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { StatusOf } from "~/lib/statuses.ts";
import type { GoodsAct } from "../../../server/fulfilment/input.ts";
import { Banner } from "../banner.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Goods = {
  status: StatusOf<"fulfilment">;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
};

/** What may be done with goods, by where they are. */
const ACTS: Readonly<Record<Goods["status"], readonly GoodsAct[]>> = {
  not_started: ["ship", "start", "stop"],
  in_production: ["ship", "stop"],
  stopped: ["start"],
  shipped: [],
  cancelled: [],
};

/** An order's goods: where they are, and for those who send them, each next step with what it leads to. */
export function OrderGoods(props: {
  goods: Goods;
  mayMove: boolean;
  refused: boolean;
  /** All that was paid is paid back. */
  paidBack: boolean;
}) {
  const { goods, mayMove, refused, paidBack } = props;
  const t = useT();
  const acts = mayMove ? ACTS[goods.status] : [];
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-prose">{t(`goods.now.${goods.status}`)}</p>
      {paidBack && acts.includes("ship") && <Banner tone="warn" title={t("goods.paidBack")} />}
      <Parcel of={goods} />
      {acts.includes("ship") && (
        <Form method="post" className="flex flex-col items-start gap-3">
          <Act act="ship" />
          <div className="flex flex-wrap items-end gap-3">
            <Field compact name="carrier" label={t("goods.carrier")} maxLength={60} optional />
            <Field compact name="trackingNumber" label={t("goods.trackingNumber")} maxLength={80} optional />
            <Field
              compact
              type="url"
              name="trackingUrl"
              label={t("goods.trackingUrl")}
              hint="https://"
              maxLength={500}
              pattern="https://.*"
              error={refused ? t("goods.parcelWrong") : undefined}
              optional
            />
          </div>
          <p className="max-w-prose text-14 text-fg-muted">{t("goods.ship.leads")}</p>
          <SubmitButton name="act" value="ship" size="compact" variant={paidBack ? undefined : "primary"}>
            {t("goods.ship")}
          </SubmitButton>
        </Form>
      )}
      {acts.includes("start") && (
        <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Act act="start" />
          <SubmitButton name="act" value="start" size="compact">
            {t(goods.status === "stopped" ? "goods.again" : "goods.start")}
          </SubmitButton>
          <p className="max-w-prose text-14 text-fg-muted">{t("goods.start.leads")}</p>
        </Form>
      )}
      {acts.includes("stop") && (
        <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <Act act="stop" />
          <Field compact name="reason" label={t("goods.reason")} maxLength={500} required />
          <SubmitButton name="act" value="stop" size="compact">
            {t("goods.stop")}
          </SubmitButton>
          <p className="max-w-prose text-14 text-fg-muted">{t("goods.stop.leads")}</p>
        </Form>
      )}
    </div>
  );
}

/** So that Enter in a field does what the form says. */
function Act({ act }: { act: GoodsAct }) {
  return (
    <>
      <input type="hidden" name="intent" value="goods" />
      <input type="hidden" name="act" value={act} />
    </>
  );
}

function Parcel({ of: { carrier, trackingNumber, trackingUrl } }: { of: Goods }) {
  const t = useT();
  if (!carrier && !trackingNumber && !trackingUrl) return null;
  return (
    <DescriptionList
      prose
      rows={[
        ...(carrier ? [{ term: t("goods.carrier"), value: carrier }] : []),
        ...(trackingNumber ? [{ term: t("goods.trackingNumber"), value: trackingNumber }] : []),
        ...(trackingUrl
          ? [
              {
                term: t("goods.trackingUrl"),
                value: (
                  <a href={trackingUrl} rel="noreferrer" className="break-all">
                    {trackingUrl}
                  </a>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
