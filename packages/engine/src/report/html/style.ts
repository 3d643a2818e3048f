/** The style sheet: light and dark, paper, down to 360 px. Strategy colours are appended. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #171b24; --muted: #5b6474; --line: #dfe3ea;
  --soft: #f0f2f6; --accent: #1f6fd1; --good: #0b7a55; --bad: #b8322f; --warn: #8a5a00;
  --good-soft: #e3f4ec; --bad-soft: #fbe9e8; --accent-soft: #e8f1fc; --grid: #e3e6ec;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-paper]) {
    --page: #0f1218; --card: #171b23; --ink: #e8ebf1; --muted: #9aa4b5; --line: #2a303c;
    --soft: #1e232d; --accent: #6aa9f4; --good: #4fcf9f; --bad: #f28482; --warn: #e0b050;
    --good-soft: #15322a; --bad-soft: #3a2022; --accent-soft: #17283f; --grid: #2a303c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
}
main, .head, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
.head { padding-top: 40px; padding-bottom: 24px; }
.brand { margin: 0 0 8px; font-size: 13px; font-weight: 600; letter-spacing: .04em; color: var(--accent); }
h1 { margin: 0; font-size: 32px; line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
.lede { margin: 10px 0 0; max-width: 72ch; color: var(--muted); }
.when { margin: 10px 0 0; font-size: 13px; color: var(--muted); font-variant-numeric: tabular-nums; }
section { margin: 0 0 20px; padding: 24px; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; }
h2 { margin: 0 0 4px; font-size: 19px; line-height: 1.3; letter-spacing: -.01em; }
h3 { margin: 18px 0 6px; font-size: 15px; }
.about { margin: 0 0 14px; font-size: 14px; color: var(--muted); max-width: 90ch; overflow-wrap: anywhere; }
.verdict { padding: 28px; border-left: 6px solid var(--good); }
.verdict.none { border-left-color: var(--bad); }
.eyebrow { margin: 0; font-size: 13px; font-weight: 600; color: var(--good); }
.none .eyebrow { color: var(--bad); }
.choice { margin: 2px 0 10px; font-size: 28px; line-height: 1.2; letter-spacing: -.015em; }
.headline { margin: 0; font-size: 18px; line-height: 1.5; max-width: 66ch; text-wrap: pretty; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 22px 0 0; }
.figures div { padding: 14px 16px; background: var(--soft); border-radius: 10px; min-width: 0; }
.figures dt { font-size: 13px; color: var(--muted); }
.figures dd { margin: 2px 0 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; }
.figures .value { font-size: 24px; letter-spacing: -.02em; }
ul.findings { margin: 10px 0 0; padding: 0; list-style: none; }
ul.findings li { padding: 10px 0 10px 22px; border-top: 1px solid var(--line); position: relative; }
ul.findings li:first-child { border-top: 0; }
ul.findings li::before { content: ""; position: absolute; left: 2px; top: 19px; width: 8px; height: 8px;
  border-radius: 2px; background: var(--muted); }
ul.findings li.alert::before { background: var(--bad); }
ul.requests { margin: 0; padding: 0; list-style: none; font-size: 14.5px; font-variant-numeric: tabular-nums; }
ul.requests li { display: grid; grid-template-columns: minmax(max-content, 100px) 110px minmax(0, 1fr);
  gap: 0 16px; padding: 8px 0; border-top: 1px solid var(--line); }
ul.requests b { font-weight: 600; }
ul.plain { margin: 4px 0 0; padding-left: 20px; }
.scroll { overflow-x: auto; margin: 0 -24px; padding: 0 24px; }
table { width: 100%; border-collapse: collapse; font-size: 14.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 10px 12px; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td:last-child, th:last-child { padding-right: 0; }
table.text th, table.text td { text-align: left; }
thead th { font-size: 13px; font-weight: 600; color: var(--muted); vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody tr:last-child > * { border-bottom: 0; }
tr.sum > * { border-top: 2px solid var(--line); font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
table.text th.number, table.text td.number { text-align: right; }
.measures { table-layout: fixed; }
.measures th:first-child { width: 27%; }
.measures thead th { color: var(--ink); font-size: 14.5px; }
.measures td:last-child, .measures thead th:last-child { padding-right: 12px; }
.measures .pick { background: var(--accent-soft); }
.measures thead .pick { border-radius: 10px 10px 0 0; }
.measures tbody tr:last-child .pick { border-radius: 0 0 10px 10px; }
th small { display: block; font-weight: 400; font-size: 12.5px; line-height: 1.4; color: var(--muted); }
.value { display: inline-block; font-weight: 600; white-space: nowrap; }
td .value { display: block; font-size: 16px; }
td.absent .value { font-weight: 400; color: var(--muted); }
.bounds { display: block; font-size: 12px; color: var(--muted); }
.delta { display: inline-block; margin-top: 3px; padding: 0 7px; border-radius: 6px; font-size: 12.5px;
  font-weight: 600; line-height: 20px; white-space: nowrap; background: var(--soft); color: var(--muted); }
.delta.better { background: var(--good-soft); color: var(--good); }
.delta.worse { background: var(--bad-soft); color: var(--bad); }
.delta.noise { background: none; color: var(--muted); font-weight: 400; padding: 0; }
.dot { display: inline-block; width: 10px; height: 10px; margin-right: 7px; border-radius: 3px; background: var(--muted); }
.tag { display: inline-block; margin: 3px 0 0 6px; padding: 0 7px; border-radius: 6px; font-size: 12px;
  font-weight: 600; line-height: 20px; background: var(--soft); color: var(--muted); white-space: nowrap; }
.tag.choice-tag { background: var(--good-soft); color: var(--good); }
.ok { color: var(--good); font-weight: 600; } .fail { color: var(--bad); font-weight: 600; }
.maybe { color: var(--warn); font-weight: 600; }
svg.way { display: block; width: 100%; height: 14px; border-radius: 4px; background: var(--soft); }
svg.way + .about { margin: 4px 0 0; }
.ways { margin-bottom: 18px; }
svg.key { width: 10px; height: 10px; margin-right: 7px; border-radius: 3px; }
rect.create { fill: #8a94a6; } rect.bind { fill: #c2783c; } rect.image { fill: #3f7fd0; }
rect.container { fill: #57a5b8; } rect.app { fill: #8a63c9; } rect.probes { fill: #d0a52e; }
rect.routing { fill: #4aa06b; }
details { margin-top: 12px; }
summary { cursor: pointer; padding: 8px 0; font-weight: 600; color: var(--accent); }
summary:focus-visible, .charts:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 6px; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 26px 28px; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { display: flex; justify-content: space-between; gap: 12px; font-size: 14.5px; font-weight: 600; }
figcaption output { font-weight: 400; color: var(--muted); font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 0 14px; min-height: 40px; margin: 2px 0 4px; padding: 0;
  list-style: none; font-size: 12.5px; line-height: 20px; color: var(--muted); align-content: flex-start; }
.legend i { display: inline-block; width: 14px; margin-right: 6px; vertical-align: middle;
  border-top: 3px solid; }
.legend i.dashed { border-top-style: dashed; border-top-width: 2px; }
.legend b { margin-left: 5px; color: var(--ink); font-variant-numeric: tabular-nums; }
.plot { position: relative; height: 220px; }
.plot canvas { touch-action: pan-y; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 22px; margin: 12px 0 0; font-size: 14.5px; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
pre { margin: 10px 0 0; padding: 14px 16px; background: var(--soft); border-radius: 10px; white-space: pre-wrap;
  overflow-wrap: anywhere; font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
footer { padding-top: 4px; padding-bottom: 48px; font-size: 13px; color: var(--muted); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 820px) {
  .charts { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: repeat(2, 1fr); }
}
@media (max-width: 640px) {
  main, .head, footer { padding-left: 14px; padding-right: 14px; }
  .head { padding-top: 24px; padding-bottom: 16px; }
  h1 { font-size: 25px; }
  section, .verdict { padding: 18px 16px; border-radius: 12px; }
  .choice { font-size: 23px; } .headline { font-size: 16.5px; }
  .figures { gap: 8px; } .figures div { padding: 11px 12px; } .figures .value { font-size: 20px; }
  .scroll { margin: 0 -16px; padding: 0 16px; }
  table.text { width: max-content; min-width: 100%; }
  ul.requests li { grid-template-columns: max-content minmax(0, 1fr); }
  ul.requests li :nth-child(3) { grid-column: 1 / -1; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; width: auto; }
  .stack thead { display: none; }
  .stack tbody th:first-child { width: auto; padding: 16px 0 4px; border: 0; text-align: left; }
  .classes td, .classes td:last-child { padding: 3px 0; }
  .stack td, .stack td:last-child { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px;
    padding: 7px 10px; border: 0; border-radius: 8px; text-align: left; }
  .stack tr.sum { border-top: 2px solid var(--line); }
  .stack tbody tr:last-child .pick { border-radius: 8px; }
  .stack td::before { content: attr(data-strategy); grid-row: span 2; font-size: 13.5px; color: var(--muted); }
  .stack td > span { grid-column: 2; text-align: right; justify-self: end; }
  dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: 8px; }
  .plot { height: 200px; }
}
@media print {
  @page { margin: 14mm; }
  body { background: #fff; font-size: 12px; }
  main, .head, footer { max-width: none; padding-left: 0; padding-right: 0; }
  section { padding: 12px 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
  .verdict { padding: 12px 0 12px 14px; border-top: 0; border-left: 4px solid var(--good); break-inside: avoid; }
  tr, li, .figures { break-inside: avoid; }
  .scroll { overflow: visible; margin: 0; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
