// SPDX-License-Identifier: GPL-3.0-or-later
// usage: face.mjs PACKAGE FOLDER
// FOLDER has the pictures that face-tool drew and, in `ours`, what our networks made of them.
import fs from 'node:fs';
import path from 'node:path';

const [pack, folder] = process.argv.slice(2);
// The bundle is for browsers: it looks at a few things of theirs while it loads, and calls none.
globalThis.window ??= globalThis;
globalThis.document ??= { createElement: () => ({ getContext: () => null }) };
for (const name of ['Image', 'ImageData', 'HTMLImageElement', 'HTMLCanvasElement', 'HTMLVideoElement', 'CanvasRenderingContext2D'])
  globalThis[name] ??= class {};
const api = await import(path.join(pack, 'dist/face-api.esm.js'));
const { tf } = api;
await tf.setBackend('cpu');
await tf.ready();

const load = (net, name) => {
  const list = JSON.parse(fs.readFileSync(path.join(pack, 'model', `${name}_model-weights_manifest.json`)));
  const bytes = fs.readFileSync(path.join(pack, 'model', `${name}_model.bin`));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  net.loadFromWeightMap(tf.io.decodeWeights(buffer, list[0].weights));
  return net;
};
const picture = (side) =>
  tf.tensor3d(Float32Array.from(fs.readFileSync(path.join(folder, `${side}.rgb`))), [side, side, 3]);
const ours = fs.readFileSync(path.join(folder, 'ours'), 'utf8').trim().split('\n').map((line) => line.split(' ').map(Number));

const hold = (what, theirs, mine, most) => {
  if (theirs.length !== mine.length) throw new Error(`${what}: ${theirs.length} numbers against ${mine.length}`);
  const difference = Math.max(...theirs.map((value, i) => Math.abs(value - mine[i])));
  console.log(`${what}: ${theirs.length} numbers, the largest difference is ${difference.toExponential(2)}`);
  if (!(difference <= most)) throw new Error(`${what} differs by more than ${most}`);
};

const detector = load(new api.TinyFaceDetector(), 'tiny_face_detector');
const sights = await detector.locateFaces(picture(224), { inputSize: 224, scoreThreshold: 0.4 });
const best = sights.sort((a, b) => b.score - a.score)[0];
hold('detector', [best.score, best.box.x, best.box.y, best.box.width, best.box.height], ours[0], 0.01);

const landmarks = await load(new api.FaceLandmark68Net(), 'face_landmark_68').detectLandmarks(picture(112));
hold('landmarks', landmarks.positions.flatMap((point) => [point.x, point.y]), ours[1], 0.01);

const description = await load(new api.FaceRecognitionNet(), 'face_recognition').computeFaceDescriptor(picture(150));
hold('description', Array.from(description), ours[2], 1e-4);
