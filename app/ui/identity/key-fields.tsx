import { useT } from "~/lib/i18n/language.tsx";
import type { useServerForm } from "~/lib/server-form.ts";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";

type ServerField = ReturnType<typeof useServerForm<"name">>["fields"]["name"];

/** A whole number from one on, left empty for no limit. */
export const wholeNumber = { type: "number", inputMode: "numeric", min: 1 } as const;

/** What a key is called. */
export function KeyNameField({ field }: { field: ServerField }) {
  const t = useT();
  return (
    <Field
      id={field.id}
      name="name"
      label={t("balance.keys.name")}
      hint={t("balance.keys.nameHint")}
      error={field.errors}
      defaultValue={field.initialValue}
      maxLength={60}
      required
    />
  );
}

/** What a key may do, one tick each. */
export function KeyScopes({
  field,
  scopes,
}: {
  field: ServerField;
  scopes: readonly { value: string; label: string }[];
}) {
  const t = useT();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{t("balance.keys.scopes")}</legend>
      {scopes.map((scope, index) => (
        <Checkbox
          key={scope.value}
          name="scopes"
          {...scope}
          error={index === scopes.length - 1 ? field.errors : undefined}
          {...(index === 0 ? { id: field.id } : {})}
        />
      ))}
    </fieldset>
  );
}

/** How many days a key lives. */
export function KeyDaysField({ field }: { field: ServerField }) {
  const t = useT();
  return (
    <Field
      {...wholeNumber}
      id={field.id}
      name="days"
      max={730}
      label={t("balance.keys.days")}
      hint={t("balance.keys.daysHint")}
      error={field.errors}
      defaultValue={field.initialValue}
    />
  );
}

/** How often a key may ask in a minute. */
export function KeyRateField({ field }: { field: ServerField }) {
  const t = useT();
  return (
    <Field
      {...wholeNumber}
      id={field.id}
      name="rateLimit"
      max={100_000}
      label={t("balance.keys.rate")}
      hint={t("balance.keys.rateHint")}
      error={field.errors}
      defaultValue={field.initialValue}
    />
  );
}
