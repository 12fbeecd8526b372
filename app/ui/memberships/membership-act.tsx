import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

/** One thing that can be done: closed until somebody wants to see it. */
export function Act(props: { title: string; intent: string; formKey: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={props.open} className="py-3">
      <summary className="cursor-pointer font-medium">{props.title}</summary>
      <Form method="post" preventScrollReset className="flex max-w-prose flex-col items-start gap-4 py-4">
        <input type="hidden" name="intent" value={props.intent} />
        <input type="hidden" name="formKey" value={props.formKey} />
        {props.children}
      </Form>
    </details>
  );
}
