import { invalid } from "../api/errors.ts";
import { flag, hash, integer, list, oneOf, required, text } from "../api/params.ts";
import type { CheckoutSession } from "../wire.ts";

const bounded = hash({ default_value: text(255), maximum_length: integer(1, 255), minimum_length: integer(1, 255) });

export const customFieldParams = list(
  hash({
    dropdown: hash({
      default_value: text(100),
      options: required(list(hash({ label: required(text(100)), value: required(text(100)) }))),
    }),
    key: required(text(200)),
    label: required(hash({ custom: required(text(50)), type: required(oneOf(["custom"])) })),
    numeric: bounded,
    optional: flag(),
    text: bounded,
    type: required(oneOf(["dropdown", "numeric", "text"])),
  }),
);
type Sent = NonNullable<ReturnType<typeof customFieldParams.read>>;
export type CustomField = CheckoutSession["custom_fields"][number];

function checkField(one: Sent[number], at: string): void {
  if (!/^[a-zA-Z0-9]+$/.test(one.key))
    throw invalid("Custom field keys may only contain letters and digits.", `${at}[key]`);
  for (const other of (["dropdown", "numeric", "text"] as const).filter((type) => type !== one.type))
    if (one[other]) throw invalid(`\`${other}\` can only be passed when \`type\` is \`${other}\`.`, `${at}[${other}]`);
  if (one.type !== "dropdown") return;
  const options = one.dropdown?.options ?? [];
  if (options.length === 0 || options.length > 200)
    throw invalid("A dropdown must have between 1 and 200 options.", `${at}[dropdown][options]`);
  if (new Set(options.map((option) => option.value)).size < options.length)
    throw invalid("The values of a dropdown's options must be unique.", `${at}[dropdown][options]`);
  const usual = one.dropdown?.default_value;
  if (usual !== undefined && !options.some((option) => option.value === usual))
    throw invalid("The default value must be one of the options.", `${at}[dropdown][default_value]`);
}

/** What a checkout asks beside the payment: at most three fields, each by its own key. */
export function readCustomFields(sent: Sent | undefined): CustomField[] {
  const fields = sent ?? [];
  if (fields.length > 3) throw invalid("You can pass at most 3 custom fields.", "custom_fields");
  if (new Set(fields.map((one) => one.key)).size < fields.length)
    throw invalid("The keys of custom fields must be unique.", "custom_fields");
  return fields.map((one, index) => {
    checkField(one, `custom_fields[${index}]`);
    const limits = one.type === "text" ? one.text : one.numeric;
    const free = {
      default_value: limits?.default_value ?? null,
      maximum_length: limits?.maximum_length ?? null,
      minimum_length: limits?.minimum_length ?? null,
      value: null,
    };
    return {
      ...(one.type === "dropdown" && one.dropdown
        ? {
            dropdown: {
              default_value: one.dropdown.default_value ?? null,
              options: one.dropdown.options,
              value: null,
            },
          }
        : {}),
      key: one.key,
      label: one.label,
      ...(one.type === "numeric" ? { numeric: free } : {}),
      optional: one.optional ?? false,
      ...(one.type === "text" ? { text: free } : {}),
      type: one.type,
    };
  });
}

/** What stands in a field before anybody has written in it. */
export function defaultOf(field: CustomField): string {
  return (field.dropdown ?? field.numeric ?? field.text)?.default_value ?? "";
}

/** The fields with what the customer answered; an optional one may stay without. */
export function answered(fields: readonly CustomField[], answers: Readonly<Record<string, string>>): CustomField[] {
  return fields.map((field) => {
    const value = answers[field.key] || null;
    return {
      ...field,
      ...(field.dropdown ? { dropdown: { ...field.dropdown, value } } : {}),
      ...(field.numeric ? { numeric: { ...field.numeric, value } } : {}),
      ...(field.text ? { text: { ...field.text, value } } : {}),
    };
  });
}
