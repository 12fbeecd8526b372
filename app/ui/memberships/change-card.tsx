import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { SubmitButton } from "../submit-button.tsx";

type ChangeCardProps = {
  id: string;
  variant?: "outline" | "solid";
  /** There is none to change yet. */
  first?: boolean;
};

/** The press that leads to the provider's page for a card: a whole new document. */
export function ChangeCard({ id, first = false, variant = first ? "solid" : "outline" }: ChangeCardProps) {
  const t = useT();
  return (
    <Form method="post" action="/account/membership" reloadDocument>
      <input type="hidden" name="intent" value="card" />
      <input type="hidden" name="id" value={id} />
      <SubmitButton action="/account/membership" name="wish" value={`card:${id}`} variant={variant}>
        {t(first ? "card.add" : "checkout.return.changeCard")}
      </SubmitButton>
    </Form>
  );
}
