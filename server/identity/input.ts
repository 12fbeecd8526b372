import { z } from "zod";

const email = z.string().trim().max(254).pipe(z.email());
/** A password that was chosen before: whatever it is, it is only compared. */
const knownPassword = z.string().min(1).max(200);
const newPassword = z.string().min(10).max(200);
const token = z.string().min(20).max(200);

export const signUpInput = z.object({
  email,
  password: newPassword,
  name: z.string().trim().min(1).max(100).optional(),
  locale: z.enum(["sv", "en"]).optional(),
});
export const signInInput = z.object({ email, password: knownPassword, redirectTo: z.string().max(2000).optional() });
export const emailInput = z.object({ email });
export const verifyEmailInput = z.object({
  token,
  password: knownPassword,
  redirectTo: z.string().max(2000).optional(),
});
export const resetPasswordInput = z.object({ token, password: newPassword });
export const sessionInput = z.object({ id: z.string().max(60) });
