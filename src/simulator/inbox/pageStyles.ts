/** The styles of all pages, light or dark like the reader's system. */
export const pageStyles = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --panel: #fff; --line: #dfe3e8; --ink: #17202b; --quiet: #5b6776;
  --accent: #1f5fbf; --tint: #e9f0fb; --good: #18794e; --bad: #b42318; --warn: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --panel: #171c23; --line: #2b333d; --ink: #e7ebf0; --quiet: #9aa6b4;
    --accent: #82b1ff; --tint: #1c2a40; --good: #5fcf9a; --bad: #ff8f85; --warn: #e5b567;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, 'Noto Sans', sans-serif; }
h1, h2, h3, p, ol, ul, dl { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h1 { font-size: 16px; }
h2 { font-size: 18px; line-height: 1.35; overflow-wrap: anywhere; }
h3 { font-size: 13px; margin-bottom: 8px; }
a { color: var(--accent); }
.quiet { color: var(--quiet); font-size: 12.5px; font-weight: 400; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.bad { color: var(--bad); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.top { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 12px 20px; background: var(--panel); border-bottom: 1px solid var(--line); }
.top nav { display: flex; gap: 14px; }
.top nav a { color: var(--quiet); text-decoration: none; padding: 2px 0; border-bottom: 2px solid transparent; }
.top nav a:hover { color: var(--ink); }
.top nav a[aria-current] { color: var(--ink); border-bottom-color: var(--accent); }
.jump { display: none; margin-left: auto; }
.lost { display: none; color: var(--bad); }
.is-lost .lost { display: inline; }
.notice { padding: 8px 20px; background: var(--tint); }
main { display: grid; grid-template-columns: minmax(260px, 340px) minmax(0, 1fr) 300px; align-items: start; gap: 16px; padding: 16px 20px; max-width: 1640px; margin: 0 auto; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
.side { display: grid; gap: 16px; }
.side section { padding: 14px 16px; }
.messages { max-height: calc(100vh - 84px); display: flex; flex-direction: column; position: sticky; top: 16px; }
#list { overflow-y: auto; }
.search { padding: 10px; border-bottom: 1px solid var(--line); }
.list li + li { border-top: 1px solid var(--line); }
.list a { display: grid; gap: 1px; padding: 9px 14px; color: inherit; text-decoration: none; border-left: 3px solid transparent; }
.list a:hover { background: var(--ground); }
.list a[aria-current] { background: var(--tint); border-left-color: var(--accent); }
.row { display: flex; justify-content: space-between; gap: 10px; align-items: baseline; min-width: 0; }
.row > .quiet { white-space: nowrap; }
time { font-variant-numeric: tabular-nums; }
.mark { font-size: 12px; color: var(--quiet); white-space: nowrap; }
.mark.is-delivered { color: var(--good); }
.mark.is-approved, .mark.is-paid { color: var(--good); }
.mark.is-declined { color: var(--bad); }
.mark.is-confirmed { color: var(--warn); }
.mark.is-bounced, .mark.is-failed { color: var(--bad); }
.mark.is-opted-out { color: var(--warn); }
.blank { padding: 40px 20px; text-align: center; color: var(--quiet); }
.head { padding: 16px 20px 14px; border-bottom: 1px solid var(--line); display: grid; gap: 4px; }
.report { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 6px; }
.back { display: none; padding: 10px 20px 0; text-decoration: none; }
.mail { display: block; width: 100%; height: 420px; border: 0; background: #fff; color-scheme: light; }
details { border-top: 1px solid var(--line); padding: 10px 20px; }
summary { cursor: pointer; color: var(--quiet); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12.5px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; margin: 8px 0 4px; max-height: 480px; overflow-y: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin-top: 8px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.bubbles { display: grid; gap: 14px; padding: 20px; max-height: 62vh; overflow-y: auto; }
.bubbles li { max-width: min(440px, 100%); }
.bubble { display: inline-block; padding: 9px 14px; border-radius: 4px 16px 16px 16px; background: var(--ground); border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
.bubbles li[aria-current] .bubble { background: var(--tint); border-color: var(--accent); }
.bubbles .quiet { margin-top: 3px; }
input, select, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; min-width: 0; width: 100%; min-height: 32px; }
button { width: auto; padding: 4px 10px; cursor: pointer; background: var(--ground); }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.fault-rule { display: grid; grid-template-columns: 1fr 1fr auto; gap: 8px; align-items: end; }
.fault-rule label { font-size: 12.5px; color: var(--quiet); min-width: 0; }
.fault-rule select, .fault-rule input { color: var(--ink); }
.fault-rule .wide { grid-column: 1 / -1; }
#fault-rules { margin-top: 12px; display: grid; gap: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
td { padding: 2px 8px 2px 0; vertical-align: top; }
#requests { max-height: 420px; overflow-y: auto; position: relative; }
.of-networks { grid-template-columns: minmax(0, 1fr) 300px; }
.of-networks .orders { display: grid; gap: 16px; }
.of-networks .search { padding: 0; border: 0; max-width: 340px; }
#orders { display: grid; gap: 16px; }
.network > .row { padding: 12px 16px; border-bottom: 1px solid var(--line); }
.network h2 { font-size: 15px; }
.network .blank { padding: 24px 20px; }
.network th { text-align: left; font-weight: 400; color: var(--quiet); font-size: 12.5px; padding: 8px 12px 2px 0; }
.network td { padding: 7px 12px 7px 0; border-top: 1px solid var(--line); }
.network tbody tr:first-child td { border-top: 0; }
.network :is(th, td):first-child { padding-left: 16px; }
.network :is(th, td):last-child { padding-right: 16px; }
.network table { table-layout: fixed; }
.network th:nth-child(1) { width: 22%; }
.network th:nth-child(3) { width: 18%; }
.network th:nth-child(7) { width: 19%; }
.network td .cut { display: block; }
.network td { overflow-wrap: anywhere; }
.network .amount { text-align: right; padding-right: 24px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.network time { white-space: nowrap; }
.network .unknown { color: var(--quiet); }
.network .sets { padding: 10px 16px; border-bottom: 1px solid var(--line); display: grid; gap: 4px; }
@media (max-width: 1180px) {
  .jump { display: inline; }
  main { grid-template-columns: minmax(240px, 320px) minmax(0, 1fr); }
  .of-networks { grid-template-columns: minmax(0, 1fr); }
  .side { grid-column: 1 / -1; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); align-items: start; }
}
@media (max-width: 760px) {
  main { grid-template-columns: minmax(0, 1fr); padding: 12px; gap: 12px; }
  .of-networks .search { max-width: none; }
  .network thead { position: absolute; clip-path: inset(50%); }
  .network tr { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 8px 14px; border-top: 1px solid var(--line); }
  .network tbody tr:first-child { border-top: 0; }
  .network tbody td:is(td, .amount, :first-child, :last-child) { padding: 1px 0; border: 0; min-width: 0; }
  .network td:nth-child(even) { text-align: right; }
  .network [data-label]::before { content: attr(data-label) ' '; color: var(--quiet); font-size: 12.5px; }
  .top { padding: 10px 14px; }
  .messages { position: static; max-height: none; }
  .is-opened .messages, main:not(.is-opened) .reader { display: none; }
  main:not(.is-opened) .list a { background: none; border-left-color: transparent; }
  .back { display: block; }
  .head, details, .bubbles { padding-left: 14px; padding-right: 14px; }
  button, input, select { min-height: 40px; }
}
`
