import { access, router, STAFF } from "../trpc/init.ts";
import { listCustomers } from "./customer-list.ts";
import { readCustomerProfile } from "./customer-profile.ts";
import { customerIdInput, customerListInput } from "./input.ts";

export const customersRouter = router({
  list: access(STAFF)
    .input(customerListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listCustomers(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(customerIdInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readCustomerProfile(tx, input.id), { readOnly: true })),
});
