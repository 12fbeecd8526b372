/** Stands for the secret link in every stored copy; what staff see. The real one exists in the mail that is sent, only. */
export const SECRET_LINK = "https://link.invalid/secret";
