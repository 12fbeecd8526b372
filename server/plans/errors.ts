import { defineErrors } from "../kernel/errors.ts";

export const planErrors = defineErrors({
  notFound: ["plans.not_found", "not_found", "There is no such plan."],
  noVersion: ["plans.no_version", "not_found", "There is no such version of the plan."],
  draftExists: [
    "plans.draft_exists",
    "conflict",
    "Somebody is writing a version of this plan already. Look at theirs.",
  ],
  draftConflict: [
    "plans.draft.conflict",
    "conflict",
    "Somebody else has saved or published this meanwhile. Look at what is there, and save again.",
  ],
  draftWrong: ["plans.draft_wrong", "invalid", "The draft is not right yet. Correct what is named and publish again."],
  noFeature: ["plans.no_such_feature", "invalid", "There is no such feature, or it takes another kind of value."],
  notForMove: ["plans.not_for_move", "conflict", "There is no other version of this plan on sale to move to."],
  moveChanged: ["plans.move_changed", "conflict", "Others are on the version by now. Look at the report again."],
  moving: ["plans.moving", "conflict", "Another move of this plan is under way. Wait until it is done, or stop it."],
  noMigration: ["plans.no_migration", "not_found", "There is no such move."],
  quotesExpired: [
    "plans.quotes_expired",
    "conflict",
    "What was reckoned holds no longer. Drop this move and reckon it anew.",
  ],
  notToTakeBack: [
    "plans.not_to_take_back",
    "conflict",
    "There is nothing of it to take back any more, or it is on its way to the provider. Look at it again.",
  ],
  publishing: ["plans.publishing", "conflict", "A version is on its way out. Wait until it is on sale."],
  alwaysOnSale: [
    "plans.always_on_sale",
    "conflict",
    "Every organization begins on this plan. Publish another version of it instead.",
  ],
});
