import { type SubmissionResult, useForm } from "@conform-to/react";
import type { SummarizedError } from "~/ui/error-summary.tsx";

type Answer = { result: SubmissionResult<string[]> } | object | undefined | null;

/**
 * A form that the server judges: its fields with what was typed and what is wrong, and the list for the summary above.
 * Works alike before and after hydration.
 */
export function useServerForm<Names extends string>(id: string, answer: Answer) {
  const result = answer && "result" in answer ? answer.result : undefined;
  const [form, fields] = useForm<Record<Names, string>>({ id, lastResult: result });
  const errors: SummarizedError[] = Object.entries(form.allErrors).flatMap(([name, texts]) =>
    name === "" || !texts?.[0] ? [] : [{ id: `${id}-${name}`, text: texts[0] }],
  );
  return { form, fields, failed: result?.status === "error", summary: { errors, form: form.errors ?? [] } };
}
