import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import type { Failure } from "~/lib/failure.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { ROLES, staffList } from "~/lib/lists/staff.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { InviteForm, OpenInvitations, StaffList } from "~/ui/identity/staff-list.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { inviteInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, staffList);
    const page = await caller.identity.staff.list({ ...asked.filters, ...asked.place, counted: true });
    return {
      ...{ locale, own: viewer.userId, members: page.items, invitations: page.invitations },
      done: new URL(args.request.url).searchParams.has("done"),
      list: await asked.view(page),
    };
  });
}

export async function action(args: ActionFunctionArgs) {
  requireStaffRole(args, ["owner"]);
  const form = await readForm(args.request.clone());
  const intent = form.text("intent");
  const t = translate(args.context.locale);
  if (intent === "invite") {
    const labels = { email: t("identity.email"), role: t("security.staff.role") };
    return answerForm(args, { schema: inviteInput, labels }, async (value, { caller }) => {
      await caller.identity.staff.invite(value);
      return redirect("/admin/staff?done");
    });
  }
  return answer(args, async ({ caller, locale }) => {
    try {
      if (intent === "withdraw") await caller.identity.staff.withdraw({ id: form.text("id") });
      else {
        const given = ROLES.find((one) => one === form.text("role"));
        if (intent !== "remove" && !given) throw data<Failure>({ requestId: args.context.requestId }, { status: 400 });
        const role = intent === "remove" ? null : (given ?? null);
        await caller.identity.staff.changeRole({ userId: form.text("id"), role });
      }
      return redirect("/admin/staff?done");
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "conflict") throw error;
      return { refused: refusalText(refusal, locale) };
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.staff.title"), locale });
};

export default function Staff() {
  const t = useT();
  const { members, invitations, own, done, list } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { form, fields, summary } = useServerForm<"email" | "role">("invite", answered);
  const refused = answered && "refused" in answered ? answered.refused : null;
  return (
    <div className="flex flex-col gap-8">
      <ErrorSummary {...summary} />
      <ListPage
        definition={staffList}
        list={list}
        columns={[]}
        rows={members}
        rowKey={(member) => member.id}
        items={<StaffList members={members} own={own} />}
      >
        {done && !answered && <Banner live tone="ok" title={t("security.staff.done")} />}
        {refused && <Banner live tone="bad" title={refused} />}
      </ListPage>
      <OpenInvitations invitations={invitations} />
      <InviteForm form={form} email={fields.email} />
    </div>
  );
}
