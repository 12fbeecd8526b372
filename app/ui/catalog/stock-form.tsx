import { Form } from "@remix-run/react";
import type { OfficeProduct, ProductStock } from "~/lib/catalog/product-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

const REASONS = ["received", "counted", "damaged", "returned", "correction"] as const;

/** What lies of a variant at each location, and the form that says what came, went or was counted. */
export function StockForm(props: {
  variant: OfficeProduct["variants"][number];
  levels: ProductStock["levels"];
  locations: ProductStock["locations"];
  formKey: string | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const { variant, levels, locations, formKey } = props;
  return (
    <div className="flex flex-col gap-4">
      <table className="w-fit text-14">
        <thead>
          <tr className="border-b border-line-strong text-left">
            <th scope="col" className="py-1 pr-6 font-medium">
              {t("products.location")}
            </th>
            <th scope="col" className="py-1 pr-6 text-right font-medium">
              {t("products.lies")}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t("products.reserved")}
            </th>
          </tr>
        </thead>
        <tbody>
          {locations.map((location) => {
            const level = levels.find(({ locationId }) => locationId === location.id);
            return (
              <tr key={location.id} className="border-b border-line">
                <th scope="row" className="py-1 pr-6 text-left font-normal">
                  {location.name[locale]}
                </th>
                <td className="tabular py-1 pr-6 text-right">{level?.onHand ?? 0}</td>
                <td className="tabular py-1 text-right">{level?.reserved ?? 0}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Form key={formKey} method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <input type="hidden" name="variantId" value={variant.id} />
        <input type="hidden" name="key" value={formKey} />
        <Select
          compact
          label={t("products.location")}
          name="locationId"
          options={locations.map(({ id, name }) => ({ value: id, label: name[locale] }))}
        />
        <Select
          compact
          label={t("products.how")}
          name="how"
          options={[
            { value: "by", label: t("products.how.by") },
            { value: "counted", label: t("products.how.counted") },
          ]}
        />
        <div className="w-28">
          <Field
            compact
            label={t("products.number")}
            name="number"
            inputMode="numeric"
            pattern="[\-−]?\d{1,7}"
            required
          />
        </div>
        <Select
          compact
          label={t("products.why")}
          name="why"
          options={REASONS.map((reason) => ({ value: reason, label: t(`products.reason.${reason}`) }))}
        />
        <div className="w-56">
          <Field compact label={t("products.note")} name="note" maxLength={500} optional />
        </div>
        <SubmitButton size="compact" name="intent" value="stock">
          {t("products.adjust")}
        </SubmitButton>
      </Form>
    </div>
  );
}
