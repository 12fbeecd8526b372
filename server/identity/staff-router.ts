import { access, router } from "../trpc/init.ts";
import { changeStaffRole } from "./change-staff-role.ts";
import { accountDisabledInput, inviteInput, ownIdInput, roleInput, staffListInput } from "./input.ts";
import { inviteStaff, withdrawInvitation } from "./invite-staff.ts";
import { own } from "./session.ts";
import { setAccountDisabled } from "./set-account-disabled.ts";
import { listStaff, readAccount } from "./staff-members.ts";

const OWNER = { staff: ["owner"] } as const;
const DONE = { outcome: "done" } as const;

/** Who works here and what they may do: the owner's. Shutting accounts: also support's. */
export const staffRouter = router({
  list: access(OWNER)
    .input(staffListInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => listStaff(tx, input, ctx.technical.now()), { readOnly: true }),
    ),
  invite: access(OWNER, { fresh: true })
    .input(inviteInput)
    .mutation(async ({ ctx, input }) => {
      await inviteStaff(ctx, { session: own(ctx.session), ...input });
      return DONE;
    }),
  withdraw: access(OWNER)
    .input(ownIdInput)
    .mutation(async ({ ctx, input }) => {
      await withdrawInvitation(ctx, input);
      return DONE;
    }),
  changeRole: access(OWNER, { fresh: true })
    .input(roleInput)
    .mutation(async ({ ctx, input }) => {
      await changeStaffRole(ctx, input);
      return DONE;
    }),
  /**
   * What may be done with a customer's account: whether there is one, and whether it is shut. Asks who one is before the
   * page shows what it could do, so that no reason has to be written twice.
   */
  account: access({ staff: ["owner", "support"] }, { fresh: true })
    .input(ownIdInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readAccount(tx, input.id))),
  setAccountDisabled: access({ staff: ["owner", "support"] }, { fresh: true })
    .input(accountDisabledInput)
    .mutation(async ({ ctx, input }) => {
      await setAccountDisabled(ctx, input);
      return DONE;
    }),
});
