/** A workbench: plain rules, one type for facts, light and dark as the system says. */
export const benchStyle = `
:root { color-scheme: light dark; --ground: #eceae4; --paper: #fbfaf6; --ink: #1a1815; --soft: #5d574f; --rule: #c9c4ba; --edge: #857e74;
  --ok: #126635; --bad: #a71a1b; --warn: #8a4310; --mark: #fdeb5d; --on-mark: #1a1815; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d0b09; --paper: #1a1714; --ink: #f1eee8; --soft: #b0a99f; --rule: #3a342e; --edge: #8a8278;
  --ok: #63d18f; --bad: #ff9a98; --warn: #fea250; --mark: #fbe51c; --on-mark: #0d0b09; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/20px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
a { color: inherit; text-underline-offset: 3px; text-decoration-color: var(--edge); }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
.strip { background: var(--mark); color: var(--on-mark); padding: 8px 16px; font-weight: 600; display: flex; flex-wrap: wrap; gap: 2px 16px; }
nav { display: flex; flex-wrap: wrap; gap: 0 4px; padding: 0 8px; border-bottom: 1px solid var(--rule); background: var(--paper); }
nav a { padding: 12px 8px; text-decoration: none; }
nav a[aria-current] { box-shadow: inset 0 -3px var(--ink); font-weight: 600; }
main { max-width: 1280px; margin: 0 auto; padding: 20px 16px 64px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; }
h1 { font-size: 21px; line-height: 28px; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 14px; line-height: 20px; margin: 0 0 12px; }
section { overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; padding: 16px; min-width: 0; }
p { margin: 0 0 8px; max-width: 75ch; } p:last-child { margin-bottom: 0; }
.soft { color: var(--soft); } .ok { color: var(--ok); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.clock { font-size: 26px; line-height: 34px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h3 { font-size: 13px; line-height: 20px; margin: 12px 0 4px; font-weight: 400; color: var(--soft); } .next { margin: 0 0 12px; padding: 0; list-style: none; max-height: 200px; overflow-y: auto; } .next li { padding: 3px 0; border-bottom: 1px solid var(--rule); } .next time { font-variant-numeric: tabular-nums; white-space: nowrap; margin-right: 8px; }
.said { border-color: var(--ink); } .said.bad { border-color: var(--bad); }
form { margin: 12px 0 0; } form + p, form + .scroll { margin-top: 12px; } form > p { margin: 16px 0 6px; } form > p:first-child { margin-top: 0; } form > .row:last-child { margin-top: 16px; } td { overflow-wrap: normal; white-space: nowrap; } td.says { white-space: normal; min-width: 32ch; } .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
label { display: grid; gap: 4px; font-size: 13px; }
label.check { grid-template-columns: auto 1fr; align-items: center; min-height: 32px; }
input, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: 5px; min-height: 34px; padding: 5px 9px; max-width: 100%; }
input[type=checkbox] { min-height: 18px; width: 18px; margin: 0; }
input[type=number] { width: 9em; }
button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 5px; min-height: 34px; padding: 5px 12px; cursor: pointer; }
button:hover { border-color: var(--ink); } button.first { background: var(--ink); color: var(--paper); border-color: var(--ink); }
button.danger { color: var(--bad); border-color: var(--bad); } button[aria-disabled=true] { cursor: progress; opacity: .6; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
th { color: var(--soft); white-space: nowrap; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
table.short { width: auto; } tr:last-child > td, tr:last-child > th[scope] { border-bottom: 0; } .nowrap { white-space: nowrap; }
pre { margin: 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
details summary { cursor: pointer; min-height: 24px; }
.two { display: grid; gap: 20px; }
@media (min-width: 960px) { .two { grid-template-columns: 1fr 1fr; } }
.letters { list-style: none; margin: 0; padding: 0; } form + .letters { margin-top: 12px; }
.letters a { display: grid; gap: 2px; padding: 10px 8px; border-bottom: 1px solid var(--rule); text-decoration: none; overflow-wrap: anywhere; }
.letters a[aria-current] { background: var(--ground); box-shadow: inset 3px 0 var(--ink); }
.letters strong { font-weight: 600; }
.mail { display: grid; gap: 20px; }
@media (min-width: 960px) { .mail { grid-template-columns: 340px 1fr; align-items: start; } }
.mail .open-hides { display: none; } @media (min-width: 960px) { .mail .open-hides { display: block; } }
iframe { width: 100%; min-height: 640px; border: 1px solid var(--rule); background: #fff; border-radius: 4px; }
.tabs { display: flex; gap: 4px; margin: 12px 0; border-bottom: 1px solid var(--rule); } .tabs a { padding: 6px 10px; text-decoration: none; } .tabs a[aria-current] { box-shadow: inset 0 -2px var(--ink); font-weight: 600; }
`;
