import { defineErrors } from "../kernel/errors.ts";

export const companyErrors = defineErrors({
  changed: [
    "company.changed",
    "conflict",
    "Somebody else has changed the company's details meanwhile. Look at them and write yours again.",
  ],
});
