// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node tus-server.mjs FOLDER: a stock tus server on a free port of loopback; prints its address
import http from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { Server } = require('@tus/server')
const { FileStore } = require('@tus/file-store')

const tus = new Server({ path: '/files', datastore: new FileStore({ directory: process.argv[2] }) })
const server = http.createServer(tus.handle.bind(tus))
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/files`))
process.on('SIGTERM', () => process.exit(0))
