import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { WithdrawPlace } from "~/lib/orders/withdraw-step.ts";
import type { WithdrawLine, WithdrawOptions } from "~/lib/orders/withdraw-types.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";

/** The key of the order as hidden fields: it travels from step to step. */
export function OrderKey({ order }: { order: NonNullable<WithdrawPlace["order"]> }) {
  return "ref" in order ? (
    <input type="hidden" name="ref" value={order.ref} />
  ) : (
    <input type="hidden" name="order" value={order.orderId} />
  );
}

/** Step one: which lines, each with its last day. A GET form, so that going back shows the choice again. */
export function WithdrawChoose({
  options,
  order,
  choseNothing,
}: {
  options: WithdrawOptions;
  order: NonNullable<WithdrawPlace["order"]>;
  choseNothing: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const open = options.lines.filter((line) => line.open);
  const closed = options.lines.filter((line) => !line.open);
  const what = (line: WithdrawLine) => `${line.name}${line.quantity > 1 ? ` × ${line.quantity}` : ""}`;
  const sum = (amount: number) => formatMoney({ amount, currency: options.currency }, locale, "ledger");
  return (
    <Form method="get" className="flex flex-col gap-6">
      <OrderKey order={order} />
      <input type="hidden" name="step" value="confirm" />
      <fieldset className="flex flex-col gap-4" aria-describedby={choseNothing ? "choose-error" : undefined}>
        <legend className="mb-2 text-21 font-bold">{t("withdraw.choose")}</legend>
        {choseNothing && (
          <p id="choose-error" className="font-medium text-on-bad">
            {t("withdraw.chooseError")}
          </p>
        )}
        {open.map((line) => (
          <Checkbox
            key={line.id}
            name="line"
            value={line.id}
            defaultChecked={open.length === 1 || (options.statedAt !== null && !options.leftToStaff)}
            label={`${what(line)}, ${sum(line.totalAmount)}`}
            hint={
              line.lastDay
                ? t("withdraw.untilDay", { date: formatDate(line.lastDay, locale, "prose") })
                : t("withdraw.untilReceived")
            }
          />
        ))}
      </fieldset>
      {closed.length > 0 && (
        <ul className="flex flex-col gap-2 text-fg-muted">
          {closed.map((line) => (
            <li key={line.id} className="wrap-anywhere">
              {what(line)}.{" "}
              {line.taken
                ? t("withdraw.taken")
                : t("withdraw.tooLate", { date: formatDate(line.lastDay ?? options.placedAt, locale, "prose") })}
            </li>
          ))}
        </ul>
      )}
      <Button type="submit" variant="primary" size="large" full>
        {t("withdraw.continue")}
      </Button>
    </Form>
  );
}
