import { useFetcher } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Button } from "./button.tsx";
import { FormPage } from "./form-page.tsx";

/** After a form that only a mail can answer: the same for every address. */
export function CheckMail({ email, resend = false }: { email: string; resend?: boolean }) {
  const t = useT();
  const fetcher = useFetcher();
  const sent = fetcher.state === "idle" && fetcher.data !== undefined;
  return (
    <FormPage title={t("identity.checkMail.title")} lead={t("identity.checkMail.text", { email })}>
      <p>{t("identity.checkMail.missing")}</p>
      {resend && (
        <fetcher.Form method="post" action="/verify/resend" className="flex flex-col items-start gap-3">
          <input type="hidden" name="email" value={email} />
          <Button type="submit" pending={fetcher.state !== "idle"} pendingLabel={t("words.sending")}>
            {t("identity.checkMail.resend")}
          </Button>
          <p role="status">{sent ? t("identity.checkMail.resent") : ""}</p>
        </fetcher.Form>
      )}
    </FormPage>
  );
}
