import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Banner } from "../banner.tsx";
import { SubmitButton } from "../submit-button.tsx";

type BulkConfirmProps = {
  /** What would happen, in numbers: "9 are sent again, 3 are skipped". */
  title: string;
  /** The press that does it. */
  label: string;
  act: string;
  ids: readonly string[];
  /** What else the act needs, as it was typed the first time. */
  hidden?: Readonly<Record<string, string>>;
  nothing: boolean;
  children?: ReactNode;
};

/** What an act on the chosen rows would do, and the button that then does it: nothing has happened before that. */
export function BulkConfirm({ title, label, act, ids, hidden = {}, nothing, children }: BulkConfirmProps) {
  return (
    <Banner live tone={nothing ? "warn" : "info"} title={title}>
      {children}
      {!nothing && (
        <Form method="post" className="pt-2">
          {ids.map((id) => (
            <input key={id} type="hidden" name="id" value={id} />
          ))}
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton size="compact" variant="solid" name="act" value={act}>
            {label}
          </SubmitButton>
        </Form>
      )}
    </Banner>
  );
}
