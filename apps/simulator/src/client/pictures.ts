import sharp from 'sharp';
import type { Random } from '#kernel';

const hex = (random: Random) => `hsl(${Math.round(random() * 360)} 35% ${Math.round(35 + random() * 30)}%)`;

/** A small JPEG that could be a photograph of a door from a distance, taken `at`; drawn, so that nobody's door is in it. */
export async function drawPhoto(random: Random, at?: number): Promise<Blob> {
  const bricks = Array.from({ length: 40 }, (_, i) => {
    const x = (i % 8) * 60 - (Math.floor(i / 8) % 2) * 30;
    return `<rect x="${x}" y="${Math.floor(i / 8) * 72}" width="58" height="70" fill="${hex(random)}" opacity="0.35"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">
    <rect width="480" height="360" fill="${hex(random)}"/>${bricks}
    <rect x="170" y="70" width="140" height="290" fill="${hex(random)}"/>
    <circle cx="292" cy="220" r="7" fill="gold"/></svg>`;
  const image = sharp(Buffer.from(svg)).jpeg({ quality: 70 });
  const jpeg = await (at === undefined ? image : image.withExif({ IFD2: cameraTime(at) })).toBuffer();
  return new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' });
}

function cameraTime(at: number): Record<string, string> {
  const stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':');
  return { DateTimeOriginal: stamp, OffsetTimeOriginal: '+00:00' };
}

/** Strokes as a finger leaves them on a phone. */
export function scribble(random: Random): [number, number][][] {
  let x = 20;
  let y = 60;
  const stroke = Array.from({ length: 24 }, (): [number, number] => {
    x += 4 + random() * 8;
    y = 60 + (random() - 0.5) * 60;
    return [Math.round(x), Math.round(y)];
  });
  return [stroke];
}
