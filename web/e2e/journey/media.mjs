import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a PDF of one page with a title and some lines, its cross-reference table right. */
export function writePdf(folder, name, title, lines) {
  const text = [title, ...lines].map(
    (line, at) => `/F1 ${at ? 12 : 24} Tf (${line}) Tj 0 -${at ? 20 : 40} Td`,
  );
  const drawing = `BT 60 760 Td ${text.join(' ')} ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let pdf = '%PDF-1.4\n';
  const starts = objects.map((object, at) => {
    const start = pdf.length;
    pdf += `${at + 1} 0 obj${object}endobj\n`;
    return `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  const table = pdf.length;
  const size = objects.length + 1;
  pdf += `xref\n0 ${size}\n0000000000 65535 f \n${starts.join('')}`;
  pdf += `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  const path = join(folder, name);
  writeFileSync(path, pdf, 'latin1');
  return path;
}

/** Films a second of a moving drawing in the browser and fills the file up to a size: it plays, and it is big. */
export async function writeVideo(page, folder, name, size) {
  const film = Buffer.from(await page.evaluate(record), 'base64');
  // A Void element: players skip it.
  const head = Buffer.alloc(9);
  head[0] = 0xec;
  head.writeBigUInt64BE((1n << 56n) | BigInt(size - film.length - 9), 1);
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([film, head]));
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

// Runs in the page.
async function record() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(12), { mimeType: 'video/webm' });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  for (let at = 0; at < 12; at++) {
    pen.fillStyle = '#0b3f5c';
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = '#ffffff';
    pen.fillRect(60, 220, 520, 6);
    pen.beginPath();
    pen.arc(80 + at * 40, 180, 36, 0, 7);
    pen.fill();
    await new Promise((resolve) => setTimeout(resolve, 90));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
