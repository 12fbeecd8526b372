import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "../button.tsx";
import { Field } from "../field.tsx";

type Choice = "debt" | "let_go" | "approve" | "refuse";

/** Something about a customer's credits that waits for somebody's word, with the reason that goes into the books. */
export function CreditDecision(props: {
  id: string;
  title: ReactNode;
  choices: readonly Choice[];
  children: ReactNode;
}) {
  const t = useT();
  const { id, title, choices, children } = props;
  return (
    <Form method="post" preventScrollReset className="flex flex-col gap-3 border-line border-t py-4">
      <input type="hidden" name="id" value={id} />
      <p className="font-bold">{title}</p>
      <p>{children}</p>
      {choices.length > 0 && (
        <div className="flex flex-wrap items-end gap-3">
          <Field compact name="reason" label={t("crediting.reason")} required minLength={3} maxLength={500} />
          {choices.map((choice) => (
            <Button key={choice} type="submit" name="decision" value={choice} size="compact" variant="outline">
              {t(`crediting.decide.${choice}`)}
            </Button>
          ))}
        </div>
      )}
    </Form>
  );
}
