import { Form, useNavigation } from "@remix-run/react";
import { Flag, X } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import type { CustomerFlag } from "../../../server/reporting/customer-flag-status.ts";
import type { CustomerNote } from "../../../server/reporting/customer-notes.ts";
import { CUSTOMER_FLAG_WORDS } from "../../../server/reporting/input.ts";
import { Badge } from "../badge.tsx";
import { Button } from "../button.tsx";
import { TextArea } from "../field.tsx";
import { Icon } from "../icon.tsx";
import { Moment } from "../moment.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { OfficeSection } from "./office-section.tsx";

export const FLAG_TONES = { watch: "warn", complaint: "bad", care: "info", no_contact: "neutral", vip: "ok" } as const;

/** What staff must know at a glance, and the buttons that set and clear it. */
export function CustomerFlags({ flags, mayWrite }: { flags: readonly CustomerFlag[]; mayWrite: boolean }) {
  const t = useT();
  const unset = CUSTOMER_FLAG_WORDS.filter((flag) => !flags.includes(flag));
  return (
    <OfficeSection title={t("office.customers.flags")}>
      {flags.length === 0 && !mayWrite && <p className="text-fg-muted">{t("words.none")}</p>}
      <ul className="flex flex-wrap items-center gap-2">
        {flags.map((flag) => (
          <li key={flag} className="inline-flex items-center gap-1">
            <Badge tone={FLAG_TONES[flag]}>{t(`office.customers.flag.${flag}`)}</Badge>
            {mayWrite && (
              <FlagForm flag={flag} on="no">
                <Icon of={X} size={16} />
                <span className="sr-only">
                  {t("office.customers.flagRemove", { flag: t(`office.customers.flag.${flag}`) })}
                </span>
              </FlagForm>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div className="flex flex-wrap gap-2">
          {unset.map((flag) => (
            <FlagForm key={flag} flag={flag} on="yes">
              <Icon of={Flag} size={16} />
              {t("office.customers.flagAdd", { flag: t(`office.customers.flag.${flag}`) })}
            </FlagForm>
          ))}
        </div>
      )}
    </OfficeSection>
  );
}

function FlagForm({ flag, on, children }: { flag: CustomerFlag; on: "yes" | "no"; children: React.ReactNode }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="flag" value={flag} />
      <input type="hidden" name="on" value={on} />
      <Button type="submit" name="intent" value="flag" size="compact" variant={on === "yes" ? "outline" : "quiet"}>
        {children}
      </Button>
    </Form>
  );
}

type NotesProps = { notes: readonly CustomerNote[]; noteKey: string; mayWrite: boolean; error?: string };

/** What staff wrote, newest first, and the form for the next one. */
export function CustomerNotes({ notes, noteKey, mayWrite, error }: NotesProps) {
  const t = useT();
  const busy = useNavigation().formData?.get("intent") === "note";
  return (
    <OfficeSection title={t("office.customers.notes")}>
      {mayWrite && (
        <Form method="post" preventScrollReset key={noteKey} className="flex flex-col items-start gap-3">
          <input type="hidden" name="key" value={noteKey} />
          <div className="w-full">
            <TextArea
              name="text"
              rows={3}
              required
              maxLength={4000}
              label={t("office.customers.note")}
              hint={t("office.customers.noteHint")}
              error={error}
            />
          </div>
          <SubmitButton name="intent" value="note" size="compact" variant="solid" pending={busy}>
            {t("office.customers.noteSave")}
          </SubmitButton>
        </Form>
      )}
      {notes.length === 0 ? (
        <p className="text-fg-muted">{t("office.customers.noNotes")}</p>
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {notes.map((note) => (
            <li key={note.id} className="flex flex-col gap-1 py-3">
              <p className="break-words whitespace-pre-wrap">{note.text}</p>
              <p className="flex flex-wrap gap-x-3 text-13 text-fg-muted">
                <span className="break-all">{note.author}</span>
                <Moment at={note.at} withTime />
              </p>
            </li>
          ))}
        </ol>
      )}
    </OfficeSection>
  );
}
