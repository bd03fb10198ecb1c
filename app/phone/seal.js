/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Seals a file for the kiosk: ChaCha20-Poly1305 as RFC 8439 has it, without associated data. The
 * browser's own WebCrypto is offered only to pages that came by TLS, and nobody can vouch for a
 * certificate of a machine without a name and without the internet; so the two primitives are
 * written out here. Tests hold them against OpenSSL, which opens what they sealed.
 */
'use strict';

const MEGABYTE = 1048576;

function quarterRound (x, a, b, c, d) {
  let t;
  x[a] += x[b]; t = x[d] ^ x[a]; x[d] = t << 16 | t >>> 16;
  x[c] += x[d]; t = x[b] ^ x[c]; x[b] = t << 12 | t >>> 20;
  x[a] += x[b]; t = x[d] ^ x[a]; x[d] = t << 8 | t >>> 24;
  x[c] += x[d]; t = x[b] ^ x[c]; x[b] = t << 7 | t >>> 25;
}

/* Twenty rounds over one block: 16 words in, 16 words out (RFC 8439, 2.3). */
function chachaBlock (input, x) {
  x.set(input);
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarterRound(x, i, i + 4, i + 8, i + 12);
    for (let i = 0; i < 4; i++) quarterRound(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
  }
  for (let i = 0; i < 16; i++) x[i] += input[i];
}

function chachaState (key, nonce) {
  const state = new Uint32Array(16);
  const words = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let i = 0; i < 8; i++) state[4 + i] = words(key, 4 * i);
  for (let i = 0; i < 3; i++) state[13 + i] = words(nonce, 4 * i);
  return state;
}

/* Poly1305 (RFC 8439, 2.5) in ten limbs of 13 bits: a sum of ten products stays far below 2^53, where
 * numbers are exact. */
class Poly1305 {
  constructor (key) { /* 32 bytes: r, then s */
    const r = key.slice(0, 16);
    [3, 7, 11, 15].forEach(i => { r[i] &= 15; });
    [4, 8, 12].forEach(i => { r[i] &= 252; });
    this.r = new Float64Array(10);
    Poly1305.split(r, 0, 0, this.r);
    this.s = key.slice(16, 32);
    this.h = new Float64Array(10);
    this.d = new Float64Array(10);
    this.m = new Float64Array(10);
  }

  /* Sixteen bytes, and what stands above them, into limbs. */
  static split (bytes, at, top, limbs) {
    for (let i = 0, have = 0, bits = 0, limb = 0; limb < 10; i++) {
      have |= (i < 16 ? bytes[at + i] : top) << bits;
      bits += 8;
      if (bits >= 13) {
        limbs[limb++] = have & 0x1fff;
        have >>>= 13;
        bits -= 13;
      }
    }
  }

  block (bytes, at) { /* sixteen bytes, always: messages are padded */
    const { h, r, d, m } = this;
    Poly1305.split(bytes, at, 1, m);
    for (let i = 0; i < 10; i++) h[i] += m[i];
    for (let i = 0; i < 10; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += h[j] * r[i - j];
      for (let j = i + 1; j < 10; j++) sum += 5 * h[j] * r[10 + i - j];
      d[i] = sum;
    }
    this.carry(d);
  }

  /* 2^130 is 5: what runs over at the top comes in again at the bottom, five times. */
  carry (d) {
    const h = this.h;
    let over = 0;
    for (let i = 0; i < 10; i++) {
      const value = d[i] + over;
      over = Math.floor(value / 8192);
      h[i] = value - over * 8192;
    }
    h[0] += 5 * over;
    over = Math.floor(h[0] / 8192);
    h[0] -= over * 8192;
    h[1] += over;
  }

  tag () {
    const number = limbs => limbs.reduceRight((sum, limb) => (sum << 13n) + BigInt(limb), 0n);
    const prime = (1n << 130n) - 5n;
    const s = this.s.reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
    let sum = number(Array.from(this.h)) % prime + s;
    const out = new Uint8Array(16);
    for (let i = 0; i < 16; i++, sum >>= 8n) out[i] = Number(sum & 255n);
    return out;
  }
}

/* nonce (12) · ciphertext · tag (16). Says how far it is, and lets the screen breathe. */
async function seal (key, plain, progress) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const state = chachaState(key, nonce);
  const words = new Uint32Array(16);
  const padded = (plain.length + 15) & ~15;
  const text = new Uint8Array(padded); /* the ciphertext, and zeros up to a whole block */
  const bytes = new Uint8Array(64);
  chachaBlock(state, words);
  for (let i = 0; i < 16; i++) new DataView(bytes.buffer).setUint32(4 * i, words[i], true);
  const poly = new Poly1305(bytes.slice(0, 32));
  const little = new Uint8Array(words.buffer);
  for (let at = 0; at < plain.length; at += 64) {
    state[12]++;
    chachaBlock(state, words);
    const end = Math.min(64, plain.length - at);
    for (let i = 0; i < end; i++) text[at + i] = plain[at + i] ^ little[i];
    for (let i = at; i < Math.min(at + 64, padded); i += 16) poly.block(text, i);
    if (at % MEGABYTE === 0) {
      progress(at / plain.length);
      await new Promise(resolve => setTimeout(resolve, 0));
    }
  }
  const lengths = new Uint8Array(16);
  new DataView(lengths.buffer).setUint32(8, plain.length, true);
  poly.block(lengths, 0);
  return new Blob([nonce, text.subarray(0, plain.length), poly.tag()]);
}
