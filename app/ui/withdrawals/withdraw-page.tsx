import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { WithdrawPlace } from "~/lib/orders/withdraw-step.ts";
import type { WithdrawOptions } from "~/lib/orders/withdraw-types.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { Banner } from "../banner.tsx";
import { EmptyState } from "../empty-state.tsx";
import { FormPage } from "../form-page.tsx";
import { LinkButton } from "../link-button.tsx";
import { WithdrawChoose } from "./withdraw-choose.tsx";
import { WithdrawConfirm } from "./withdraw-confirm.tsx";
import { OrderWithdrawals } from "./withdrawal-state.tsx";

type PageProps = {
  options: WithdrawOptions;
  place: WithdrawPlace & { order: NonNullable<WithdrawPlace["order"]> };
  /** The withdrawal that was just received: the page is its receipt. */
  received: string | null;
  formKey: string;
};

/** One order in the flow: its receipt once received, what was taken back before, and the step that is next. */
export function WithdrawPage({ options, place, received, formKey }: PageProps) {
  const t = useT();
  const locale = useLocale();
  const open = options.lines.filter((line) => line.open);
  const { statedAt, leftToStaff } = options;
  const company = useRootData()?.company.email ?? "";
  // What was said is about all of the order: of one thing there is nothing to choose.
  const only = statedAt !== null && !leftToStaff && open.length === 1;
  const chosen = only ? open : open.filter((line) => place.lineIds.includes(line.id));
  const just = options.withdrawals.find((one) => one.id === received);
  return (
    <FormPage
      title={t("withdraw.title")}
      lead={`${t("withdraw.order", { number: options.number })} · ${t("withdraw.ordered", {
        date: formatDate(options.placedAt, locale, "prose"),
      })}`}
    >
      <OrderWithdrawals of={options} received={received} />
      {statedAt !== null && (open.length > 0 || leftToStaff) && (
        <Banner
          tone="info"
          title={t("withdraw.stated", {
            date: formatDate(statedAt, locale, "prose"),
            time: formatTime(statedAt, locale),
          })}
        >
          <p>{leftToStaff ? t("withdraw.statedLong", { email: company }) : t("withdraw.statedConfirm")}</p>
        </Banner>
      )}
      {just ? (
        <LinkButton to={"ref" in place.order ? `/order?ref=${place.order.ref}` : `/account/orders/${options.orderId}`}>
          {t("withdraw.toOrder")}
        </LinkButton>
      ) : (only || place.step === "confirm") && chosen.length > 0 ? (
        <WithdrawConfirm options={options} order={place.order} chosen={chosen} formKey={formKey} only={only} />
      ) : open.length > 0 ? (
        <WithdrawChoose options={options} order={place.order} choseNothing={place.choseNothing} />
      ) : (
        options.withdrawals.length === 0 && !leftToStaff && <NothingOpen />
      )}
    </FormPage>
  );
}

function NothingOpen() {
  const t = useT();
  const email = useRootData()?.company.email ?? "";
  return <EmptyState title={t("withdraw.nothing")}>{t("withdraw.nothingText", { email })}</EmptyState>;
}
