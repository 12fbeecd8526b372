export { type CompanyBook, createCompanyBook } from "./company-book.ts";
