import type { ActionFunctionArgs } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import type { Failure } from "../failure.ts";
import { type FormValues, readForm } from "../form-values.ts";
import { localPath } from "../page/local-path.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";
import { answer, formStatus } from "../respond.ts";
import { chooseOrganization } from "./chosen-organization.server.ts";
import { ORGANIZATION_ROLES } from "./organization-roles.ts";

type Context = ActionFunctionArgs["context"];

const HERE = "/account/organization";

/** What the buttons of the organization's page do, each by its intent. */
const ACTS: Readonly<Record<string, (context: Context, form: FormValues) => Promise<unknown>>> = {
  rename: ({ caller }, form) => caller.organizations.rename({ ...of(form), name: form.text("name") }),
  leave: ({ caller }, form) => caller.organizations.leave(of(form)),
  close: ({ caller }, form) => caller.organizations.close(of(form)),
  pay: ({ caller }, form) => caller.organizations.handOverPayment(memberOf(form)),
  role: ({ caller }, form) => caller.organizations.members.changeRole({ ...memberOf(form), role: roleOf(form) }),
  remove: ({ caller }, form) => caller.organizations.members.remove(memberOf(form)),
  seat: ({ caller }, form) => caller.organizations.members.assignSeat(memberOf(form)),
  unseat: ({ caller }, form) => caller.organizations.members.revokeSeat(memberOf(form)),
  invite: ({ caller }, form) =>
    caller.organizations.invitations.invite({ ...of(form), email: form.text("email"), role: roleOf(form) }),
  resend: ({ caller }, form) => caller.organizations.invitations.resend(invitationOf(form)),
  claim: ({ caller }, form) => caller.organizations.domains.claim({ ...of(form), way: wayOf(form) }),
  joining: ({ caller }, form) => caller.organizations.domains.change({ ...domainOf(form), way: wayOf(form) }),
  giveUp: ({ caller }, form) => caller.organizations.domains.giveUp(domainOf(form)),
  letIn: ({ caller }, form) => caller.organizations.domains.letIn(requestOf(form)),
  refuse: ({ caller }, form) => caller.organizations.domains.refuse(requestOf(form)),
  join: async (context, form) => {
    const { outcome } = await context.caller.organizations.domains.join(of(form));
    if (outcome === "joined") chooseOrganization(context, form.text("organizationId"));
    return outcome;
  },
  withdraw: ({ caller }, form) => caller.organizations.invitations.withdraw(invitationOf(form)),
};

const of = (form: FormValues) => ({ organizationId: form.text("organizationId") });
const memberOf = (form: FormValues) => ({ ...of(form), memberId: form.text("memberId") });
const invitationOf = (form: FormValues) => ({ ...of(form), invitationId: form.text("invitationId") });
const domainOf = (form: FormValues) => ({ ...of(form), domainId: form.text("domainId") });
const requestOf = (form: FormValues) => ({ ...of(form), requestId: form.text("requestId") });
const wayOf = (form: FormValues) => (form.text("way") === "join" ? ("join" as const) : ("ask" as const));
const roleOf = (form: FormValues) => ORGANIZATION_ROLES.find((role) => role === form.text("role")) ?? "member";

/** Carries out what was pressed, and leads back with what was done; what the server refuses is said on the page. */
export function actOnOrganization(args: ActionFunctionArgs) {
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    const intent = form.text("intent");
    if (intent === "switch") {
      chooseOrganization(context, form.text("organizationId"));
      return redirect(localPath(form.text("returnTo")) ?? HERE);
    }
    const act = ACTS[intent];
    if (!act) throw data<Failure>({ requestId: context.requestId }, { status: 400 });
    let outcome: unknown;
    try {
      outcome = await act(context, form);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || !["conflict", "invalid", "rate_limited"].includes(refusal.kind)) throw error;
      const isAddress = intent === "invite" && refusal.kind === "invalid";
      const refused = isAddress ? ("address" as const) : refusalText(refusal, context.locale);
      const noSeat = refusal.code === "organizations.no_seat";
      return data({ refused, noSeat, typed: form.text("email") }, { status: formStatus(args.request, 422) });
    }
    return redirect(`${HERE}?done=${typeof outcome === "string" ? outcome : intent}`);
  });
}
