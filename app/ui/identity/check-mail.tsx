import { Link, useFetcher } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { FormPage } from "../form-page.tsx";
import { SubmitButton } from "../submit-button.tsx";

type CheckMailProps = {
  email: string;
  /** Where it is asked for once more, and what is then said. */
  again: { action: string; done: string };
  /** Where one goes who does not wait for it. */
  back: { to: string; label: string };
};

/** After a form that only a mail can answer: the same for every address. */
export function CheckMail({ email, again, back }: CheckMailProps) {
  const t = useT();
  const fetcher = useFetcher();
  const sent = fetcher.state === "idle" && fetcher.data !== undefined;
  return (
    <FormPage title={t("identity.checkMail.title")} lead={t("identity.checkMail.text", { email })}>
      <p>{t("identity.checkMail.missing")}</p>
      <fetcher.Form method="post" action={again.action} className="flex flex-col items-start gap-3">
        <input type="hidden" name="email" value={email} />
        <SubmitButton pending={fetcher.state !== "idle"} pendingLabel={t("words.sending")}>
          {t("identity.checkMail.resend")}
        </SubmitButton>
        <p role="status">{sent ? again.done : ""}</p>
      </fetcher.Form>
      <p>
        <Link to={back.to}>{back.label}</Link>
      </p>
    </FormPage>
  );
}
