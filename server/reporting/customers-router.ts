import { type Access, access, router, STAFF } from "../trpc/init.ts";
import { listCustomers } from "./customer-list.ts";
import { addNote, setFlag } from "./customer-notes.ts";
import { readCustomerProfile } from "./customer-profile.ts";
import { customerIdInput, customerListInput, flagInput, noteInput } from "./input.ts";

/** May write about customers. */
const WRITING: Access = { staff: ["owner", "finance", "support"] };

export const customersRouter = router({
  list: access(STAFF)
    .input(customerListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listCustomers(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(customerIdInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readCustomerProfile(tx, input), { readOnly: true })),
  note: access(WRITING)
    .input(noteInput)
    .mutation(({ ctx, input }) => addNote(ctx, input)),
  flag: access(WRITING)
    .input(flagInput)
    .mutation(({ ctx, input }) => setFlag(ctx, input)),
});
