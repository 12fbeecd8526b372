import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { OfficeLife } from "~/lib/memberships/office-life.ts";
import type { UnitAnswer } from "~/lib/memberships/unit-change.server.ts";
import { ActReason } from "../office/act-reason.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { UnitForm, UnitsHeld, UnitTerms, useUnitPress } from "./unit-change.tsx";

type UnitsActProps = { life: OfficeLife; answer: UnitAnswer; formKey: string };

/** More or fewer of a member's membership: asked for, then quoted, then made at exactly what was quoted. */
export function MembershipUnitsAct({ life, answer, formKey }: UnitsActProps) {
  const t = useT();
  const press = useUnitPress(answer);
  return (
    <details open={answer.wanted !== null} className="py-3" id="units">
      <summary className="cursor-pointer font-medium">{t("units.title")}</summary>
      <div className="flex flex-col gap-4 py-4">
        <p>
          <UnitsHeld life={life} />
        </p>
        <UnitForm compact life={life} answer={answer} />
        {answer.offer && (
          <Form method="post" preventScrollReset className="flex max-w-prose flex-col items-start gap-4">
            <input type="hidden" name="intent" value="units" />
            <input type="hidden" name="formKey" value={formKey} />
            <input type="hidden" name="quote" value={answer.offer.sealed} />
            <UnitTerms answer={answer} />
            <ActReason of="units" />
            <SubmitButton size="compact" name="intent" value="units">
              {press}
            </SubmitButton>
          </Form>
        )}
      </div>
    </details>
  );
}
