/** Style of the HTML report: follows the reader's light or dark setting, never tells a state by colour alone, and prints. */
export const STYLE = `:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --link: #0a53be;
  --good: #116329; --part: #7a4a00; --bad: #a40e26; --calm: #3d4752; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9da7b3; --line: #3d444d; --soft: #161b22; --link: #79b8ff;
  --good: #6fdd8b; --part: #f0b458; --bad: #ff8e87; --calm: #b7c0ca; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin-top: 2rem; }
h4 { margin: 1.75rem 0 .5rem; font-size: 1.02rem; }
a { color: var(--link); }
a:focus-visible, .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
nav ul { columns: 2; padding-left: 1.2rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; color: var(--faint); padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--line); }
thead th { background: var(--soft); }
tbody th { font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--faint); }
dd { margin: 0; }
code { font: .88em/1.4 ui-monospace, monospace; background: var(--soft); padding: .05rem .25rem; border-radius: 3px; overflow-wrap: anywhere; }
.state { font-weight: 600; white-space: nowrap; color: var(--calm); border: 1px solid currentColor; border-radius: 3px; padding: 0 .35rem; font-size: .85em; }
.implemented, .holds { color: var(--good); }
.partly-implemented, .compensated { color: var(--part); }
.not-implemented, .fails { color: var(--bad); border-width: 2px; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } nav ul { columns: 1; } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #333; --line: #999; --soft: #fff; --link: #000; --good: #000; --part: #000; --bad: #000; --calm: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav, .skip { display: none; }
  h2 { break-before: page; }
  h3, h4, caption { break-after: avoid; }
  tr, li, dl { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
}
`;
