/** A neutral payment page: it must not look like the shop, and a stranger must trust it. */
export const pageStyle = `
:root { color-scheme: light dark; --ground: #fff; --side: #f6f7f9; --ink: #1a1f2c; --soft: #5b6474; --line: #d5dae2; --field: #fff;
  --strong: #0f62c9; --on-strong: #fff; --bad: #b3261e; --bad-ground: #fdecea; --test: #fff3cd; --on-test: #5c4400; --focus: #0f62c9; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171d; --side: #1b1f27; --ink: #eef1f5; --soft: #a3adbd; --line: #39414f;
  --field: #0f1217; --strong: #5ea1ff; --on-strong: #0a1220; --bad: #ff9a92; --bad-ground: #3a1815; --test: #3a3213; --on-test: #ffe39a; --focus: #9cc4ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; font: 16px/1.5 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--ground); }
a { color: inherit; text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.test-mode { display: inline-block; padding: 2px 8px; border-radius: 4px; background: var(--test); color: var(--on-test); font-size: 13px; font-weight: 600; }
.pay { display: grid; grid-template-columns: 1fr; min-height: 100vh; }
.side { background: var(--side); padding: 20px 20px 24px; }
.main { padding: 24px 20px 48px; }
.top { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
.top a { text-decoration: none; font-weight: 550; }
.top a:hover { text-decoration: underline; }
.what { margin: 20px 0 0; color: var(--soft); }
.total { margin: 2px 0 0; font-size: 34px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.after { margin: 4px 0 0; color: var(--soft); }
.lines { list-style: none; margin: 24px 0 0; padding: 0; }
.lines li { display: flex; justify-content: space-between; gap: 16px; padding: 12px 0; overflow-wrap: anywhere; border-bottom: 1px solid var(--line); }
.lines .sum { font-variant-numeric: tabular-nums; white-space: nowrap; }
.lines small { display: block; color: var(--soft); font-size: 14px; }
.lines .due { border-bottom: 0; font-weight: 650; }
h1, h2, legend { font-size: 18px; line-height: 1.4; font-weight: 650; margin: 0; padding: 0; }
h1.wide { font-size: 24px; }
form { display: grid; gap: 24px; max-width: 460px; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: grid; gap: 14px; }
legend { margin-bottom: 12px; }
label { display: block; font-size: 14px; font-weight: 550; margin-bottom: 5px; }
input, select { width: 100%; min-height: 46px; padding: 9px 12px; border: 1px solid #8a93a3; border-radius: 7px; background: var(--field); color: var(--ink); font: inherit; font-variant-numeric: tabular-nums; }
select { appearance: auto; }
[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; padding: 8px 11px; }
.error { margin: 5px 0 0; color: var(--bad); font-size: 14px; }
.alert { padding: 12px 14px; border-radius: 7px; background: var(--bad-ground); color: var(--bad); border: 1px solid currentColor; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; align-items: start; }
.known { display: block; padding: 9px 12px; border: 1px solid var(--line); border-radius: 7px; background: var(--side); overflow-wrap: anywhere; }
button { width: 100%; min-height: 50px; padding: 10px 16px; border: 1px solid transparent; border-radius: 7px; background: var(--strong); color: var(--on-strong); font: inherit; font-weight: 650; cursor: pointer; }
button[aria-disabled="true"] { cursor: progress; opacity: .7; }
button.plain { background: transparent; color: var(--ink); border-color: #8a93a3; }
.wallets { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; color: var(--soft); font-size: 14px; }
.wallets span { padding: 6px 14px; border: 1px dashed #8a93a3; border-radius: 7px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.marked { position: relative; display: block; } .marked input { padding-right: 96px; }
.brand { position: absolute; right: 12px; top: 0; bottom: 0; display: grid; align-items: center; color: var(--soft); font-size: 12px; font-weight: 700; letter-spacing: .04em; pointer-events: none; }
.choices { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.choice { display: flex; gap: 8px; align-items: center; margin: 0; min-height: 46px; padding: 8px 12px; border: 1px solid #8a93a3; border-radius: 7px; cursor: pointer; }
.notice { margin: 0; padding: 12px 14px; border: 1px solid var(--strong); border-radius: 7px; }
.choices.ways { grid-template-columns: 1fr; }
.way .sum { margin-left: auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
.way small { display: block; color: var(--soft); }
.choice:has(:checked) { border-color: var(--strong); box-shadow: inset 0 0 0 1px var(--strong); }
.choice input { width: 18px; min-height: 18px; margin: 0; accent-color: var(--strong); }
.of-card, .of-debit { display: grid; gap: 14px; }
.methods:has([value=card]:checked) .of-debit, .methods:has([value=sepa_debit]:checked) .of-card { display: none; }
form.code { display: grid; gap: 6px; max-width: none; width: 100%; font-size: 14px; } .coded { display: flex; gap: 8px; } .coded input { min-height: 42px; } .code button { width: auto; min-height: 42px; padding: 6px 14px; }
.count { display: flex; gap: 8px; align-items: center; color: var(--soft); font-size: 14px; max-width: none; margin-top: 8px; } .count input { width: 84px; min-height: 38px; padding: 5px 10px; } .count button { width: auto; min-height: 38px; padding: 5px 12px; font-size: 14px; }
.bank { margin-top: 24px; } @media (min-width: 600px) { .bank { margin-top: 8vh; border: 1px solid var(--line); border-radius: 14px; padding: 32px; box-shadow: 0 1px 2px rgb(0 0 0 / .06), 0 12px 40px rgb(0 0 0 / .08); } }
.mandate { margin: 0; color: var(--soft); font-size: 13px; }
details.fold { margin-top: 16px; } details.fold summary { cursor: pointer; min-height: 24px; color: var(--soft); } details.fold .lines { margin-top: 8px; }
details.cards { max-width: 460px; margin-top: 32px; border-top: 1px solid var(--line); padding-top: 16px; }
details.cards summary { cursor: pointer; font-weight: 600; min-height: 24px; }
details.cards table { width: 100%; margin-top: 10px; border-collapse: collapse; font-size: 14px; }
details.cards th, details.cards td { text-align: left; padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
details.cards code { white-space: nowrap; font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
details.cards td:last-child { padding-right: 0; text-align: right; }
.fill { width: auto; min-height: 28px; padding: 2px 10px; font-size: 13px; font-weight: 550; }
.single { max-width: 520px; margin: 0 auto; padding: 48px 20px; display: grid; gap: 20px; }
.single p { margin: 0; } .single form { max-width: none; gap: 12px; }
.single dl { display: grid; grid-template-columns: minmax(auto, max-content) minmax(40%, 1fr); gap: 8px 20px; margin: 0; padding: 16px; border: 1px solid var(--line); border-radius: 8px; }
.single dt { color: var(--soft); } .single dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.foot { margin-top: 28px; color: var(--soft); font-size: 13px; }
.receipt-lines { width: 100%; border-collapse: collapse; }
@media (min-width: 880px) {
  .pay { grid-template-columns: 1fr 1fr; }
  .side { padding: 48px 56px; } .side > div { max-width: 420px; margin-left: auto; }
  .main { padding: 48px 56px; }
  .what { margin-top: 36px; }
  details.fold summary { display: none; } details.fold::details-content { content-visibility: visible; display: block; height: auto; }
}
@media (prefers-reduced-motion: no-preference) { button { transition: opacity 90ms; } }
.portal h3 { font-size: 16px; margin: 0; } .portal .preview, .portal .offer { padding: 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--side); }
.portal .danger { color: var(--bad); border-color: currentColor; }
.portal section { display: grid; gap: 12px; margin-top: 16px; }
.portal section p { margin: 0; }
.portal .lines { margin: 0; }
.portal .lines form { gap: 8px; }
.portal .lines button { min-height: 44px; }
.portal summary { min-height: 44px; padding: 10px 0; font-weight: 550; cursor: pointer; }
.portal details form { margin-bottom: 16px; gap: 14px; }
`;
