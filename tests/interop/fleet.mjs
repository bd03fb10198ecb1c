// SPDX-License-Identifier: GPL-3.0-or-later
// usage: fleet.mjs CHROMIUM ADDRESS FOLDER
// Whoever looks after the halls opens the fleet page in Chromium: what it shows, that it fits, that its
// text can be read, and that it asks nobody else for anything. Keeps pictures in FOLDER.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';

const [executablePath, address, folder] = process.argv.slice(2);

function expect (condition, what) {
  if (!condition) throw new Error(what);
}

async function look (locale, scheme, width, check) {
  const profile = fs.mkdtempSync(path.join(folder, 'profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    locale,
    colorScheme: scheme,
    viewport: { width, height: 1080 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const page = context.pages()[0] ?? await context.newPage();
  const faults = [];

  page.on('pageerror', error => faults.push(String(error)));
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', request => {
    if (!request.url().startsWith(address)) faults.push('it asked for ' + request.url());
  });
  try {
    const answer = await page.goto(address);
    expect(answer.status() === 200, `it answers ${answer.status()}`);
    await check(page);
    await page.screenshot({ path: path.join(folder, `fleet-${locale}-${scheme}-${width}.png`), fullPage: true });
    expect(faults.length === 0, faults.join('\n'));
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

async function fits (page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  expect(wide <= 0, `it is ${wide} pixels wider than the screen`);
}

async function english (page) {
  const row = id => page.locator('tbody tr').filter({ has: page.locator('th', { hasText: new RegExp(`^${id}$`) }) });

  expect(await page.locator('h1').textContent() === 'Hub <of> tests', 'the name');
  expect(await page.locator('table').first().locator('tbody tr').count() === 3, 'three kiosks');
  expect((await row(7).getAttribute('class')) === 'attention', 'kiosk 7 needs paper');
  expect((await row(7).textContent()).includes('printer needs-paper'), 'and says so');
  expect((await row(7).textContent()).includes('Look after it'), 'in words');
  expect((await row(8).getAttribute('class')) === 'good', 'kiosk 8 is well');
  expect((await row(9).getAttribute('class')) === 'revoked', 'kiosk 9 is revoked');
  const asks = page.locator('table.strangers tbody tr');
  expect(await asks.count() === 1 && (await asks.locator('th').textContent()) === '13', 'kiosk 13 asks to be enrolled');
  expect(/^[0-9A-Za-z]{4}-…$/.test(await asks.locator('code').textContent()), 'by the head of its fingerprint');
  expect(await page.locator('form, button, input, script').count() === 0, 'it only reads');
  const size = await row(7).locator('th').evaluate(cell => parseFloat(getComputedStyle(cell).fontSize));
  expect(size >= 24, `a kiosk's number is ${size} pixels high: not to be read from a metre away`);
  await fits(page);
}

// Contrast of every text on its ground, WCAG 2.
async function contrast (page) {
  const worst = await page.evaluate(() => {
    const light = text => {
      const parts = text.match(/[\d.]+/g).slice(0, 3).map(part => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ground = node => {
      for (let at = node; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (!colour.startsWith('rgba(0, 0, 0, 0')) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    return Math.min(...[...document.querySelectorAll('td, th, li, b, small, span, h1, caption, code')].map(node => {
      const [a, b] = [light(getComputedStyle(node).color), light(ground(node))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }));
  });

  expect(worst >= 7, `the weakest contrast is ${worst.toFixed(2)}`);
}

await look('en-GB', 'light', 1920, async page => { await english(page); await contrast(page); });
await look('en-GB', 'dark', 1920, contrast);
await look('en-GB', 'light', 1280, fits);
