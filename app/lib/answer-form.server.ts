import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs } from "@remix-run/node";
import { data } from "@remix-run/node";
import type { z } from "zod";
import { t } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";
import { refusalOf, STATUS_OF_KIND } from "./refusal.ts";
import { formErrors } from "./refusal-text.ts";
import { answer, formStatus } from "./respond.ts";

type Context = ActionFunctionArgs["context"];
/** The fields of a form, whichever of several shapes it has. */
type FieldOf<Value> = Value extends unknown ? keyof Value & string : never;
type Form<Schema extends z.ZodType> = {
  schema: Schema;
  /** What each field is called on the page: errors repeat it. */
  labels: Partial<Record<FieldOf<z.input<Schema>>, string>>;
  /** What to do about a field that is filled in, but not in the form that it must have. */
  formats?: Partial<Record<FieldOf<z.input<Schema>>, string>>;
};

/** Never sent back, whatever was wrong with the form. */
const SECRET_FIELDS = ["password", "code", "response"];

/**
 * Runs an action on a form. A form that is not filled in right, and what the server refuses about it, come back as the
 * form's own errors with what was typed (but passwords); everything else is as `answer` has it.
 */
export function answerForm<Schema extends z.ZodType, T>(
  args: ActionFunctionArgs,
  form: Form<Schema>,
  run: (value: z.output<Schema>, context: Context) => Promise<T>,
) {
  return answer(args, async (context) => {
    const submission = parseWithZod(await args.request.formData(), {
      schema: form.schema,
      error: (issue) => issueText(issue, form, context.locale),
    });
    const hidden = { hideFields: SECRET_FIELDS };
    if (submission.status !== "success") return refuse(args, submission.reply(hidden), 422);
    try {
      return await run(submission.value, context);
    } catch (error) {
      const refusal = refusalOf(error);
      const isAboutTheForm =
        refusal &&
        refusal.kind !== "forbidden" &&
        refusal.kind !== "not_found" &&
        refusal.code !== "identity.sign_in_first";
      if (!isAboutTheForm) throw error;
      const errors = formErrors(refusal, context.locale);
      return refuse(args, submission.reply({ ...hidden, ...errors }), STATUS_OF_KIND[refusal.kind]);
    }
  });
}

function refuse(args: ActionFunctionArgs, result: SubmissionResult<string[]>, status: number) {
  return data({ result }, { status: formStatus(args.request, status) });
}

type Words = {
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly formats?: Readonly<Record<string, string | undefined>>;
};
type Issue = Parameters<NonNullable<z.core.$ZodErrorMap>>[0];

/** The page's own words for what is wrong with a field. */
function issueText(issue: Issue, { labels, formats = {} }: Words, locale: Locale): string {
  const translate = t(locale);
  const field = String(issue.path?.[0] ?? "");
  const label = labels[field] ?? "";
  const format = formats[field];
  if (issue.code === "invalid_format" && issue.format === "regex" && format) return format;
  if (issue.code === "invalid_format" && issue.format === "email") return translate("errors.email");
  if (issue.code === "too_small" && issue.input !== undefined && Number(issue.minimum) > 1) {
    return translate("errors.tooShort", { label, count: Number(issue.minimum) });
  }
  if (issue.code === "too_big") return translate("errors.tooLong", { label, count: Number(issue.maximum) });
  return translate("errors.enter", { label: label.charAt(0).toLowerCase() + label.slice(1) });
}
