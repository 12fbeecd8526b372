import { useT } from "~/lib/i18n/language.tsx";
import { Checkbox } from "../checkbox.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { Field, TextArea } from "../field.tsx";
import { FilterBar } from "../filter-bar.tsx";
import { PasswordField } from "../identity/password-field.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { Select } from "../select.tsx";
import { Sample } from "./sample.tsx";

export function FormSamples() {
  const t = useT();
  const email = t("checkout.cart.email");
  const wrong = t("errors.enter", { label: email.toLowerCase() });
  return (
    <Sample title="Field, ErrorSummary, Select, Checkbox, RadioGroup, FilterBar">
      <form className="grid gap-6 md:grid-cols-2">
        <Field label={email} hint={t("checkout.cart.emailHint")} type="email" autoComplete="off" name="email-1" />
        <Field
          label={email}
          error={wrong}
          defaultValue="sixty-characters-long-address-for-a-member@kraftverk.example"
          name="email-2"
          id="sample-wrong"
        />
        <Field
          label={t("checkout.cart.quantity")}
          unit="kr"
          inputMode="decimal"
          defaultValue="1 299,50"
          optional
          name="sum"
        />
        <PasswordField label="Password" autoComplete="current-password" name="secret" defaultValue="not a secret" />
        <Select
          label={t("words.language")}
          options={[
            { value: "sv", label: "Svenska" },
            { value: "en", label: "English" },
          ]}
          name="language"
        />
        <TextArea label={t("words.more")} optional name="text" />
        <Checkbox label={t("checkout.cart.consent")} name="consent" />
        <Checkbox label={t("checkout.cart.consent")} name="consent-2" defaultChecked error={t("errors.form")} />
        <RadioGroup
          legend={t("checkout.cart.quantity")}
          name="size"
          layout="cards"
          defaultValue="m"
          choices={[
            { value: "s", label: "S" },
            { value: "m", label: "M" },
            { value: "l", label: "L", unavailable: t("shop.stock.out") },
          ]}
        />
        <RadioGroup
          legend={t("prices.price")}
          name="period"
          defaultValue="month"
          error={wrong}
          choices={[
            { value: "month", label: "299 kr/mån", hint: t("prices.noTerm") },
            { value: "year", label: "3 990 kr/år" },
          ]}
        />
      </form>
      <ErrorSummary errors={[{ id: "sample-wrong", text: wrong }]} form={[t("errors.conflict")]} />
      <FilterBar label={t("words.filter")} tokens={[{ label: "Betald", removeHref: "?" }]} clearHref="?">
        <Select
          compact
          label={t("admin.nav.orders")}
          name="status"
          options={[
            { value: "", label: t("words.none") },
            { value: "paid", label: t("statuses.payment.paid") },
          ]}
        />
      </FilterBar>
    </Sample>
  );
}
