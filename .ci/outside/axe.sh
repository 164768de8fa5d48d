#!/usr/bin/env bash
# Looks at a report as browsers and screen readers do: axe finds nothing serious, in light and dark, wide and narrow; nothing
# but tables and drawings is wider than the page; it prints on at most ten pages; what it carries can be saved.
# Needs node, npm and Chromium, which it installs on Debian; 77 if they cannot be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

need() {
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  apt-get install -y -qq "$2" >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq "$2" >/dev/null 2>&1; }
}
need chromium chromium && need npm npm || { echo "no chromium, node and npm here" >&2; exit 77; }
(cd "$work" && npm install --silent --no-fund --no-audit axe-core@4 puppeteer-core@24 >/dev/null) ||
  { echo "npm has no axe-core and puppeteer-core here" >&2; exit 77; }

# A search, and a training of the simplest kind; REPORTS names other pages, separated by spaces.
if [ -z "${REPORTS:-}" ]; then
  submit/espalier quickstart --config conf/quickstart-small.yaml --output "$work/search" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  printf 'data: {format: digits}\nnetwork: {type: readyMade, family: plain3, widths: [4, 4, 4]}\ntraining: {epochs: 3}\n' >"$work/train.yaml"
  submit/espalier train --config "$work/train.yaml" --output "$work/train" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  REPORTS="$work/search/report.html $work/train/report.html"
fi

cat >"$work/look.mjs" <<'JS'
import { createRequire } from 'module';
import fs from 'fs';
import path from 'path';
import puppeteer from 'puppeteer-core';
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM, args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'] });
let faults = 0;
const fault = text => { faults++; console.log('FAULT ' + text); };
for (const file of process.argv.slice(2)) {
  const name = path.basename(path.dirname(file));
  for (const theme of ['light', 'dark']) for (const width of [1280, 400]) {
    const page = await browser.newPage();
    page.on('console', message => fault(`${name}: the browser says ${message.text()}`));
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 900 });
    await page.goto('file://' + file);
    for (const open of [false, true]) {
      await page.evaluate(o => document.querySelectorAll('details').forEach(d => { d.open = o; }), open);
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run());
      for (const each of found.violations) {
        fault(`${name}, ${theme}, ${width}, ${open ? 'unfolded' : 'folded'}: ${each.impact} ${each.id}: ` +
          each.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | '));
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fault(`${name}, ${width}: the page is ${wide} wide`);
    }
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto('file://' + file);
  const pdf = await page.pdf({ preferCSSPageSize: true, path: file + '.pdf' });
  const pages = (Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length;
  if (pages < 1 || pages > 10) fault(`${name}: prints on ${pages} pages`);
  // Whatever is drawn stays with its title: the browser must know not to break it.
  await page.emulateMediaType('print');
  const torn = await page.evaluate(() => [...document.querySelectorAll('figure:has(svg)')]
    .filter(f => getComputedStyle(f).breakInside !== 'avoid').length);
  if (torn > 0) fault(`${name}: ${torn} drawings may be torn from their titles`);
  await page.emulateMediaType('screen');
  const scripts = await page.evaluate(() => document.scripts.length);
  if (scripts > 0) fault(`${name}: has scripts`);
  const folder = fs.mkdtempSync(path.join(path.dirname(file), 'saved-'));
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  const carried = await page.evaluate(() =>
    [...document.querySelectorAll('a[href^="data:"]')].map(a => [a.download, a.getAttribute('href')]));
  if (carried.length < 2) fault(`${name}: carries ${carried.length} files`);
  for (const [as, address] of carried) {
    await page.evaluate(as => document.querySelector(`a[download="${as}"]`).click(), as);
    const saved = path.join(folder, as);
    for (let i = 0; i < 100 && !fs.existsSync(saved); i++) await new Promise(r => setTimeout(r, 100));
    const content = Buffer.from(address.split(',')[1], 'base64');
    if (!fs.existsSync(saved) || !fs.readFileSync(saved).equals(content)) fault(`${name}: ${as} cannot be saved`);
  }
  const beside = await page.evaluate(() =>
    [...document.querySelectorAll('a[download]:not([href^="data:"])')].map(a => a.href));
  for (const each of beside) {
    if (!fs.existsSync(new URL(each))) fault(`${name}: ${each} leads nowhere`);
  }
  console.log(`${name}: ${pages} pages printed, ${carried.length} files inside, ${beside.length} beside`);
  await page.close();
}
await browser.close();
process.exit(faults > 0 ? 1 : 0);
JS
cd "$work"
CHROMIUM=$(command -v chromium) node look.mjs $REPORTS
