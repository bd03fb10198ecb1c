// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node tus-client.mjs ENDPOINT STATION < offers
// A stock tus client sends what a kiosk has sealed: whole, in runs, broken off and gone on with, and once more.
import fs from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import readline from 'node:readline'
import { createRequire } from 'node:module'

const { DefaultHttpStack, Upload } = createRequire(import.meta.url)('tus-js-client')
const [endpoint, station] = process.argv.slice(2)
const key = (name) => fs.readFileSync(path.join(station, 'keys', name))
const agent = new https.Agent({
  ca: key('hub-ca.crt'), cert: key('kiosk-tls.crt'), key: key('kiosk-tls.pem'), keepAlive: true,
})

// options: chunkSize; breakAt: abort once when so many bytes have gone
function send(offer, { chunkSize = Infinity, breakAt = 0 } = {}) {
  const bytes = fs.readFileSync(offer.file)
  return new Promise((resolve, reject) => {
    let broken = false
    const requests = []
    const upload = new Upload(bytes, {
      endpoint,
      chunkSize,
      metadata: offer.metadata,
      httpStack: new DefaultHttpStack({ agent }),
      retryDelays: [0, 100, 100],
      storeFingerprintForResuming: false,
      onAfterResponse: (request, response) => { requests.push(`${request.getMethod()} ${response.getStatus()}`) },
      onProgress: (sent) => {
        if (broken || breakAt === 0 || sent < breakAt) return
        broken = true
        upload.abort().then(() => setTimeout(() => upload.start(), 50))
      },
      onError: reject,
      onSuccess: () => resolve({ requests, broken, bytes: bytes.length }),
    })
    upload.start()
  })
}

const offers = []
for await (const line of readline.createInterface({ input: process.stdin })) offers.push(JSON.parse(line))
if (offers.length < 3) throw new Error('three records are needed')

const whole = await send(offers[0])
const runs = await send(offers[1], { chunkSize: 100000 })
const broken = await send(offers[2], { chunkSize: 100000, breakAt: 250000 })
const again = await send(offers[0])
if (!broken.broken) throw new Error('the third upload was not broken off')
if (!broken.requests.some((line) => line.startsWith('HEAD 200'))) throw new Error('it did not ask where to go on')
for (const [name, result] of Object.entries({ whole, runs, broken, again }))
  console.log(`${name}: ${result.bytes} bytes, ${result.requests.join(', ')}`)
agent.destroy()
