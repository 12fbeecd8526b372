import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { SubmitButton } from "./submit-button.tsx";

/** The press that leads to the provider's page for another card: a whole new document. */
export function ChangeCard({ id, variant = "outline" }: { id: string; variant?: "outline" | "solid" }) {
  const t = useT();
  return (
    <Form method="post" action="/account/membership" reloadDocument>
      <input type="hidden" name="intent" value="card" />
      <input type="hidden" name="id" value={id} />
      <SubmitButton action="/account/membership" name="wish" value={`card:${id}`} variant={variant}>
        {t("checkout.return.changeCard")}
      </SubmitButton>
    </Form>
  );
}
