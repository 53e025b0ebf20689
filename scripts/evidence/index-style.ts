/** Looks of the index page; it stands alone, so that it opens from a folder without a server. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#17211d, #e6ece9); --soft: light-dark(#5a6862, #9aa8a2);
  --paper: light-dark(#fbfaf6, #131916); --card: light-dark(#fff, #1a221e); --line: light-dark(#dcdfd8, #2d3833);
  --good: light-dark(#14633f, #6fd3a3); --bad: light-dark(#a02c1c, #ff9d8c); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main, header, nav { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.02em; }
h2 { font-size: 1.3rem; margin: 0; padding-top: 2.5rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .4rem 0; }
.soft, figcaption, dt { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 1rem 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.verdict { display: inline-block; font-weight: 650; padding: .3rem .9rem; border-radius: 99px; border: 1.5px solid; }
.pass { color: var(--good); } .fail { color: var(--bad); }
nav ol { columns: 2 22rem; column-gap: 3rem; margin: 1.25rem 0 0; padding: 1rem 1rem 1rem 2.4rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
nav li { break-inside: avoid; padding: .1rem 0; margin-inline-end: 2rem; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--soft); }
.claims { list-style: none; padding: 0; margin: 1rem 0; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.claims > li { display: grid; grid-template-columns: 3.6rem 1fr; gap: .1rem .9rem; padding: .65rem 1rem; border-top: 1px solid var(--line); }
.claims > li:first-child { border-top: 0; }
.claims b { font-size: .8rem; letter-spacing: .04em; line-height: 1.9; }
.claims small { grid-column: 2; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 1.25rem; margin: 1rem 0; align-items: start; }
figure { margin: 0; }
figure img { width: 100%; max-height: 32rem; object-fit: contain; object-position: top left; border: 1px solid var(--line); border-radius: 8px; display: block; background: var(--card); }
figcaption { font-size: .875rem; padding-top: .4rem; }
details { border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; background: var(--card); }
summary { cursor: pointer; padding: .5rem .9rem; overflow-wrap: anywhere; }
summary a { font: .8rem ui-monospace, monospace; color: var(--soft); margin-left: .6rem; }
pre { margin: 0; padding: .9rem; border-top: 1px solid var(--line); overflow: auto; max-height: 34rem; font: .78rem/1.5 ui-monospace, monospace; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .75rem; align-items: start; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
td, th { text-align: left; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
footer { max-width: 72rem; margin: 3rem auto; padding: 0 1.25rem; }
:target { scroll-margin-top: 1rem; }
@media print { details { break-inside: avoid; } }`;
