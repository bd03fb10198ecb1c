// SPDX-License-Identifier: GPL-3.0-or-later
// usage: phone.mjs CHROMIUM DEVICE ADDRESS FOLDER FILE…
// A phone of this kind opens the page in Chromium and does what a visitor does: chooses a file of a wrong kind, one
// that is too large, then sends the files, in English and in Chinese. Keeps pictures in FOLDER; prints the number
// that the phone shows at the end.
import { chromium, devices } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';

const [executablePath, device, address, folder, ...files] = process.argv.slice(2);
const profile = fs.mkdtempSync(path.join(folder, 'profile-'));
const { defaultBrowserType, ...phone } = devices[device];
const context = await chromium.launchPersistentContext(profile, {
  ...phone,
  executablePath,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const page = context.pages()[0] ?? await context.newPage();
const faults = [];
const name = device.toLowerCase().replace(/\W+/g, '-');
let pictures = 0;

page.on('pageerror', error => faults.push(String(error)));
page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
page.on('request', request => {
  if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith('data:'))
    faults.push('it asked for ' + request.url());
});

function expect (condition, what) {
  if (!condition) throw new Error(what);
}

async function picture (what) {
  await page.screenshot({ path: path.join(folder, `${name}-${++pictures}-${what}.png`), fullPage: true });
}

async function shows (selector, text) {
  await page.locator(selector).filter({ hasText: text }).waitFor({ state: 'visible', timeout: 20000 });
}

async function choose (input, chosen) {
  await page.setInputFiles(input, chosen);
}

try {
  // Without what only the code on the screen has.
  await page.goto(address.split('#')[0]);
  await shows('#trouble-title', 'Photograph the code on the kiosk');

  // Chromium takes a changed fragment for the same page.
  await page.goto('about:blank');
  await page.goto(address);
  await shows('h1', 'Send a paper to the kiosk');
  for (const button of ['#camera-button', '#file-button']) {
    const box = await page.locator(button).boundingBox();
    expect(box.height >= 64 && box.width >= 280, `${button} is ${box.width}x${box.height}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(!wide, 'the page is wider than the phone');
  await picture('start');

  await page.selectOption('#language', 'zh-Hans');
  await shows('h1', '把材料发送到自助机');
  await picture('start-zh');
  await page.selectOption('#language', 'en');

  const letter = path.join(folder, 'letter.docx');
  fs.writeFileSync(letter, 'PK\u0003\u0004 [Content_Types].xml');
  await choose('#file', letter);
  await shows('#trouble-title', 'This kind of file cannot be read');
  await picture('wrong-kind');
  await page.tap('#other');

  const large = path.join(folder, 'large.pdf');
  fs.writeFileSync(large, '%PDF-1.4');
  fs.truncateSync(large, 26 * 1024 * 1024);
  await choose('#file', large);
  await shows('#trouble-title', 'This file is too large');
  await page.tap('#other');

  // The Wi-Fi goes away in the middle, and comes back.
  await context.setOffline(true);
  await choose('#camera', files[0]);
  await shows('#trouble-title', 'The phone has lost the kiosk');
  await picture('lost');
  await context.setOffline(false);
  faults.length = 0;
  await page.tap('#again');
  await shows('h1', 'Look at the kiosk now');
  const alone = await page.textContent('#code');

  await page.tap('#more');
  await choose('#file', files);
  await shows('h1', 'Look at the kiosk now');
  await page.waitForFunction(before => document.getElementById('code').textContent !== before, alone);
  await picture('done');
  const code = await page.textContent('#code');
  expect(/^\d{4}$/.test(code), `the number is ${code}`);
  // With the last file the server ends, maybe while the page still asks it something.
  const grave = faults.filter(fault => !fault.includes('ERR_CONNECTION_REFUSED'));
  expect(grave.length === 0, grave.join('; '));
  console.log(code);
} catch (error) {
  await picture('fault').catch(() => {});
  console.error(error.message, faults.join('; '));
  process.exitCode = 1;
} finally {
  await context.close();
}
