import { access, router, STAFF } from "../trpc/init.ts";
import { messagingErrors } from "./errors.ts";
import { emailIdInput, emailListInput, resendEmailInput, resendManyInput } from "./input.ts";
import { getEmail, listEmails } from "./queries.ts";
import { resendEmail } from "./resend-email.ts";
import { resendEmails } from "./resend-emails.ts";

export const messagingRouter = router({
  emails: router({
    list: access(STAFF)
      .input(emailListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listEmails(tx, input))),
    get: access(STAFF)
      .input(emailIdInput)
      .query(async ({ ctx, input }) => {
        const email = await ctx.db.transaction((tx) => getEmail(tx, input.id));
        if (!email) throw messagingErrors.notFound();
        return email;
      }),
    resend: access({ staff: ["owner", "support"] })
      .input(resendEmailInput)
      .mutation(async ({ ctx, input }) => ({ emailId: await resendEmail(ctx, input) })),
    resendMany: access({ staff: ["owner", "support"] })
      .input(resendManyInput)
      .mutation(({ ctx, input }) => resendEmails(ctx, input)),
  }),
});
