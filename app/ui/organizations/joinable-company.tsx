import { Form } from "@remix-run/react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Joinable = {
  organizationId: string;
  name: string;
  domain: string;
  way: "join" | "ask";
  askedAt: Instant | null;
};

/** The company that the reader can come into by their proven address, with the one press that does it; nothing where there is none. */
export function JoinableCompany({ company }: { company: Joinable | null }) {
  const t = useT();
  const locale = useLocale();
  if (!company) return null;
  const { organizationId, name, domain, way, askedAt } = company;
  const asked = askedAt && formatDate(askedAt, locale, "table");
  return (
    <Banner
      tone="info"
      title={t("organizations.joinable", { name })}
      actions={
        asked && way === "ask" ? undefined : (
          <Form method="post" action="/account/organization">
            <input type="hidden" name="organizationId" value={organizationId} />
            <SubmitButton name="intent" value="join">
              {t(way === "join" ? "organizations.joinable.join" : "organizations.joinable.ask", { name })}
            </SubmitButton>
          </Form>
        )
      }
    >
      <p>
        {asked
          ? t(way === "join" ? "organizations.joinable.wasFull" : "organizations.joinable.asked", { date: asked })
          : t(`organizations.joinable.text.${way}`, { domain })}
      </p>
    </Banner>
  );
}
