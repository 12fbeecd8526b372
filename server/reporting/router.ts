import type { Access } from "../trpc/init.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import {
  exportInput,
  monthReportInput,
  organizationMoneyInput,
  searchInput,
  settingListInput,
  viewIdInput,
  viewInput,
  viewListInput,
} from "./input.ts";
import { readInstallationState } from "./installation-state.ts";
import { listSettings } from "./list-settings.ts";
import { readMonths } from "./month-report.ts";
import { readOrganizationMoney } from "./organization-money.ts";
import { recordExport } from "./record-export.ts";
import { listViews, removeView, saveView } from "./saved-views.ts";
import { search } from "./search.ts";
import { countWork, readWorkQueue } from "./work-queue.ts";

/** May take a list out of the shop as a file. */
const EXPORTING: Access = { staff: ["owner", "finance", "support", "marketing"] };

export const overviewRouter = router({
  counts: access(STAFF).query(({ ctx }) => ctx.db.transaction(countWork, { readOnly: true })),
  workQueue: access(STAFF).query(({ ctx }) => ctx.db.transaction(readWorkQueue, { readOnly: true })),
  search: access(STAFF)
    .input(searchInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => search(tx, input.q, ctx.browser.locale), { readOnly: true })),
});

export const reportingRouter = router({
  views: router({
    list: access(STAFF)
      .input(viewListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listViews(tx, input.list), { readOnly: true })),
    save: access(STAFF)
      .input(viewInput)
      .mutation(({ ctx, input }) => saveView(ctx, input)),
    remove: access(STAFF)
      .input(viewIdInput)
      .mutation(({ ctx, input }) => removeView(ctx, input.id)),
  }),
  organization: access(STAFF)
    .input(organizationMoneyInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readOrganizationMoney(tx, input), { readOnly: true })),
  months: access(STAFF)
    .input(monthReportInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readMonths(tx, input), { readOnly: true })),
  settings: access(STAFF)
    .input(settingListInput)
    .query(({ ctx, input }) => listSettings(ctx.providers.settings, input)),
  state: access(STAFF).query(({ ctx }) => ctx.db.transaction(readInstallationState, { readOnly: true })),
  export: access(EXPORTING)
    .input(exportInput)
    .mutation(({ ctx, input }) => recordExport(ctx, input)),
});
