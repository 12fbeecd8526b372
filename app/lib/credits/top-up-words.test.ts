import { expect, test } from "vitest";
import { topUpAdvice } from "./top-up-words.ts";

test.each([
  ["completed", null, "ord_1", null],
  ["completed", null, null, "crediting.topUp.do.order"],
  ["unknown", null, null, "crediting.topUp.do.wait"],
  ["created", null, null, "crediting.topUp.do.wait"],
  ["unknown", "mismatch", null, "crediting.topUp.do.mismatch"],
  ["failed", "insufficient_funds", null, "crediting.topUp.do.declined"],
  ["failed", "authentication_required", null, "crediting.topUp.do.approval"],
  ["failed", "outdated", null, "crediting.topUp.do.outdated"],
])("a top-up that is %s with %s: %s", (status, failureCode, orderId, advice) => {
  expect(topUpAdvice({ status, failureCode, orderId })).toBe(advice);
});
