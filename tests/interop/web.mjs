// SPDX-License-Identifier: GPL-3.0-or-later
// usage: web.mjs CHROMIUM ADDRESS FOLDER
// Opens the kiosk in Chromium, waits until it has drawn something, presses the primary button, which stands at the
// foot on the trailing side of every page, and waits for another page. Keeps both pictures in FOLDER.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';

const [executablePath, address, folder] = process.argv.slice(2);
const screen = { width: 1024, height: 768 };
const primary = { x: screen.width - 186, y: screen.height - 60 };
const words = 10; // pictures of text and icons that a page has at least

fs.mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: screen });
  // Broadway sends each word as a picture of its own, and names it anew when it changes.
  const shown = () => page.evaluate(() => [...document.images].filter(image => image.complete && image.naturalWidth > 0)
    .map(image => image.src).sort().join());

  await page.goto(address);
  await page.waitForFunction(least => [...document.images].filter(image => image.complete && image.naturalWidth > 0)
    .length >= least, words, { timeout: 60000 });
  await page.screenshot({ path: path.join(folder, 'web-1-attract.png') });
  const first = new Set((await shown()).split(','));
  await page.mouse.click(primary.x, primary.y);
  // Another page shares the header with the first one, and little else.
  await page.waitForFunction(([before, least]) => [...document.images]
    .filter(image => image.complete && image.naturalWidth > 0 && !before.includes(image.src)).length >= least,
  [[...first], words / 2], { timeout: 60000 });
  await page.screenshot({ path: path.join(folder, 'web-2-next.png') });
  console.log('the kiosk is drawn in a browser and answers to a press');
} finally {
  await browser.close();
}
