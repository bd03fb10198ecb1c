/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page, four faces: choose, busy, done, trouble. What is said about how far a file is, is what
 * the browser has handed to the network. */

const words = JSON.parse(document.getElementById('words').textContent);
const base = location.pathname;
const element = id => document.getElementById(id);
const HERE_MS = 4000;
const LOST_AFTER = 3; /* questions without an answer */

let language = document.documentElement.lang in words.languages ? document.documentElement.lang : 'en';
let key = null;
let files = []; /* what is on its way, and what to send again */
let code = 0;
let request = null;
let trouble = null; /* [title, text, values, again] */
let unanswered = 0;
let left = -1; /* seconds */
let over = false;

function say (id, values = {}) {
  const text = words.languages[language].texts[id];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function translate () {
  const chosen = words.languages[language];
  document.documentElement.lang = language;
  document.documentElement.dir = chosen.rtl ? 'rtl' : 'ltr';
  document.title = say('title');
  document.querySelectorAll('[data-text]').forEach(node => {
    node.textContent = say(node.dataset.text);
  });
  if (trouble) writeTrouble();
  writeLeft();
}

function writeLeft () {
  const time = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
  element('left').textContent = left < 0 || over ? '' : say('left', { time });
}

function face (name) {
  ['start', 'busy', 'done', 'trouble'].forEach(id => { element(id).hidden = id !== name; });
  window.scrollTo(0, 0);
  const title = element(name).querySelector('h1[tabindex]');
  if (title) title.focus();
}

function writeTrouble () {
  const [title, text, values, again] = trouble;
  element('trouble-title').textContent = say(title);
  element('trouble-text').textContent = say(text, values);
  element('again').hidden = !again;
  element('other').hidden = over || !key;
}

function fail (title, text, values = {}, again = false) {
  trouble = [title, text, values, again];
  writeTrouble();
  face('trouble');
}

function end (title) {
  over = true;
  writeLeft();
  fail(title, 'over-text');
}

/* What a file is by its first bytes; its name is never asked. */
function isTaken (bytes) {
  const begins = (at, ...codes) => codes.every((byte, i) => bytes[at + i] === byte);
  const letters = (at, text) => begins(at, ...[...text].map(letter => letter.charCodeAt(0)));
  const start = Array.from(bytes.subarray(0, 1024), byte => String.fromCharCode(byte)).join('');
  const heic = ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'];
  return begins(0, 0xff, 0xd8, 0xff) || begins(0, 0x89, 0x50, 0x4e, 0x47) ||
    begins(0, 0x49, 0x49, 0x2a, 0) || begins(0, 0x4d, 0x4d, 0, 0x2a) ||
    letters(0, 'RIFF') && letters(8, 'WEBP') ||
    letters(4, 'ftyp') && heic.some(brand => letters(8, brand)) ||
    start.includes('%PDF-') && !/^\s*</.test(start);
}

function amount (done, total) {
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  element('bar').value = total > 0 ? 100 * done / total : 0;
  element('busy-amount').textContent =
    say('of', { part: digits.format(done / MEGABYTE), whole: digits.format(total / MEGABYTE) + ' MB' });
}

function showBusy (title, index) {
  const which = files.length > 1 ? ' (' + say('of', { part: index + 1, whole: files.length }) + ')' : '';
  element('busy-title').textContent = say(title) + which;
  element('stop').hidden = title !== 'sending';
  element('busy-name').textContent = files[index].name;
  if (element('busy').hidden) face('busy');
}

/* Resolves to the status, 0 where the network broke, -1 where it was stopped. */
function put (blob) {
  return new Promise(resolve => {
    request = new XMLHttpRequest();
    request.open('PUT', base + '/file');
    request.upload.onprogress = event => amount(event.loaded, event.total);
    request.onload = () => resolve(request.status);
    request.onerror = request.ontimeout = () => resolve(0);
    request.onabort = () => resolve(-1);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(blob);
  });
}

async function read (file) {
  if (file.size > words.max) {
    fail('too-large', 'too-large-text', { name: file.name, size: (file.size / MEGABYTE).toFixed(1) });
    return null;
  }
  if (file.size === 0) {
    fail('empty', 'empty-text', { name: file.name });
    return null;
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isTaken(bytes)) return bytes;
    fail('wrong-kind', 'wrong-kind-text', { name: file.name });
  } catch (error) {
    fail('unreadable', 'unreadable-text');
  }
  return null;
}

async function sendOne (index) {
  const bytes = await read(files[index]);
  if (!bytes) return false;
  showBusy('preparing', index);
  amount(0, bytes.length);
  const plain = new Uint8Array(4 + bytes.length);
  plain.set([code >> 8, code & 255, index, files.length]);
  plain.set(bytes, 4);
  const sealed = await seal(key, plain, () => {});
  showBusy('sending', index);
  const status = await put(sealed);
  request = null;
  if (status === 204) return true;
  if (status === 0) fail('lost', 'lost-text', {}, true);
  else if (status === -1) fail('stopped', 'stopped-text', {}, true);
  else if (status === 429) end('full');
  else if (status === 413) {
    const size = (bytes.length / MEGABYTE).toFixed(1);
    fail('too-large', 'too-large-text', { name: files[index].name, size });
  }
  else end('over');
  return false;
}

async function send (chosen) {
  files = chosen;
  trouble = null;
  if (files.length === 0) return;
  if (files.length > words.batch) {
    fail('too-many', 'too-many-text');
    return;
  }
  code = crypto.getRandomValues(new Uint16Array(1))[0] % 10000;
  for (let index = 0; index < files.length; index++)
    if (!await sendOne(index)) return;
  element('code').textContent = String(code).padStart(4, '0');
  files = [];
  face('done');
}

/* The kiosk is told that somebody is here, and says how much time is left. */
async function here () {
  if (over) return;
  try {
    const answer = await fetch(base + '/here', { cache: 'no-store' });
    unanswered = 0;
    if (answer.ok) {
      left = Number(await answer.text());
      writeLeft();
    } else if (!request) end('over');
  } catch (error) {
    unanswered++;
    if (unanswered === LOST_AFTER && !request && element('done').hidden)
      fail('lost', 'lost-text', {}, files.length > 0);
  }
}

function readKey () {
  const text = location.hash.slice(1).replace(/-/g, '+').replace(/_/g, '/');
  try {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    return bytes.length === 32 ? bytes : null;
  } catch (error) {
    return null;
  }
}

function setUp () {
  for (const [id, { name }] of Object.entries(words.languages))
    element('language').add(new Option(name, id, false, id === language));
  element('language').onchange = event => { language = event.target.value; translate(); };
  for (const id of ['camera', 'file']) {
    element(id).onchange = event => {
      const chosen = Array.from(event.target.files);
      send(chosen).finally(() => { event.target.value = ''; });
    };
    element(id + '-button').onkeydown = event => {
      if (event.key === 'Enter' || event.key === ' ') element(id).click();
    };
  }
  element('stop').onclick = () => { if (request) request.abort(); };
  element('again').onclick = () => { unanswered = 0; send(files); };
  element('more').onclick = element('other').onclick = () => { trouble = null; face('start'); };
  window.onbeforeunload = event => { if (request) event.preventDefault(); };
  key = readKey();
  translate();
  if (key) {
    here();
    setInterval(here, HERE_MS);
  } else fail('no-key', 'no-key-text');
}

setUp();
