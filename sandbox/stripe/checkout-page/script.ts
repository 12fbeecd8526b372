/**
 * What the page does beyond a plain form: groups digits while typing, fills in a test card, and sends once.
 * Everything works without it.
 */
export const pageScript = `
const byId = (id) => document.getElementById(id);
const number = byId("cardNumber"), expiry = byId("cardExpiry"), cvc = byId("cardCvc");
function retype(input, write) {
  input?.addEventListener("input", () => {
    const atEnd = input.selectionStart === input.value.length;
    const next = write(input.value);
    if (next !== input.value && atEnd) input.value = next;
  });
  input?.addEventListener("change", () => { input.value = write(input.value); });
}
retype(number, (text) => {
  const digits = text.replace(/\\D/g, "").slice(0, 19);
  return (/^3[47]/.test(digits) ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)] : digits.match(/.{1,4}/g) ?? []).filter(Boolean).join(" ");
});
retype(expiry, (text) => {
  const digits = text.replace(/\\D/g, "").slice(0, 6);
  const month = /^[2-9]/.test(digits) ? "0" + digits : digits;
  return month.length > 2 ? month.slice(0, 2) + " / " + month.slice(2) : month;
});
const marks = [[/^4/, "VISA"], [/^(5[1-5]|2[2-7])/, "Mastercard"], [/^3[47]/, "AMEX"], [/^6(011|5)/, "Discover"]];
const mark = document.querySelector("[data-brand]");
const drawMark = () => { if (mark) mark.textContent = marks.find(([begins]) => begins.test(number.value.replace(/\\D/g, "")))?.[1] ?? ""; };
for (const kind of ["input", "change"]) number?.addEventListener(kind, drawMark);
drawMark();
if (matchMedia("(min-width: 880px)").matches) for (const fold of document.querySelectorAll("[data-open-wide]")) fold.open = true;
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.querySelector("button").classList.add("unseen");
  form.addEventListener("change", () => form.requestSubmit());
}
for (const button of document.querySelectorAll("[data-choose]")) {
  button.classList.add("unseen");
  for (const one of document.getElementsByName(button.dataset.choose)) one.addEventListener("change", () => button.form.requestSubmit(button));
}
retype(cvc, (text) => text.replace(/\\D/g, "").slice(0, 4));
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
      if (button === event.submitter && button.dataset.busy) { button.setAttribute("aria-label", button.textContent.trim()); button.textContent = button.dataset.busy; }
    }
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const card = document.querySelector("input[name=method][value=card]");
    if (card) card.checked = true;
    number.value = button.dataset.fill;
    number.dispatchEvent(new Event("change"));
    expiry.value ||= button.dataset.expiry;
    cvc.value = /^3[47]/.test(button.dataset.fill) ? "1234" : "123";
    number.focus();
  });
}
`;
