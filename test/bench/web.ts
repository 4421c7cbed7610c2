import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { startTestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { Visitor } from '../web/visitor.js';
import { type BigCity, buildBigCity } from './web-city.js';

const SLOW_DOWN = 4;
/** Chunks that come with the map or later, by name. */
const WITH_THE_MAP = /\/(maplibre|map-view|open-map|terra-draw)[\w.-]*\.js$/;

const say = (text: string) => process.stderr.write(`${text}\n`);
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);

/**
 * The pages as a browser sees them. Largest contentful paint of a first visit after log-in with the processor slowed
 * four times; gzipped script that a desk loads before its map; then a map of thousands panned while everybody moves.
 * Without a graphics card frames wait for the processor to paint; `mainMsPerFrame` is the page's own share of each, which a
 * card would not change: it has to stay below 16.7 for 60 frames a second.
 */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      runs: { type: 'string', default: '5' },
      people: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '8' },
    },
  });
  const runs = Number(values.runs);
  const [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
  try {
    const usual = await buildBigCity(app, 300);
    const open = (email: string, device: 'desk' | 'phone') =>
      Visitor.returning(browser, app, email, { device, sharp: true });
    const paints = async (email: string, device: 'desk' | 'phone', path: string, until: string) => {
      const found: Paint[] = [];
      for (let run = 0; run < runs; run++) {
        const visitor = await open(email, device);
        found.push(await paintOf(visitor, path, until));
        await visitor.context.close();
      }
      return found;
    };
    // The first visit of all warms the server, not the browser, and is not counted.
    const first = await open(usual.desk, 'desk');
    const scriptKb = await scriptBefore(first);
    await first.context.close();
    const desk = await paints(usual.desk, 'desk', '/', '[role=option]');
    const phone = await paints(usual.worker.email, 'phone', '/phone', '[data-testid=next]');
    for (const [name, list] of [
      ['desk', desk],
      ['phone', phone],
    ] as const)
      say(
        `${name}: LCP ${list.map(({ lcp }) => Math.round(lcp)).join(', ')} ms (last: ${list[0]?.what}); ` +
          `first row after ${Math.round(median(list.map(({ rows }) => rows)))} ms; ${runs} first visits, ${SLOW_DOWN}x slow-down`,
      );

    const people = Number(values.people);
    const big = await buildBigCity(app, people);
    const watcher = await open(big.desk, 'desk');
    const pan = await panning(watcher, big, Number(values.seconds));
    say(
      `pan: ${people} workers and ${people} jobs, ${pan.frames.length} frames in ${values.seconds} s, ${pan.updates} position frames; ` +
        `WebGL by ${pan.renderer}${/swiftshader|llvmpipe|software/i.test(pan.renderer) ? ', that is by the processor: no graphics card is here' : ''}`,
    );
    const spent = pan.frames.reduce((a, b) => a + b, 0);
    process.stdout.write(
      `${JSON.stringify({
        bench: 'web',
        lcpDesk: Math.round(median(desk.map(({ lcp }) => lcp))),
        lcpPhone: Math.round(median(phone.map(({ lcp }) => lcp))),
        scriptKb: Math.round(scriptKb * 10) / 10,
        fpsPan5000: Math.round((10_000 * pan.frames.length) / spent) / 10,
        mainMsPerFrame: Math.round(pan.mainMsPerFrame * 10) / 10,
        frameP95Ms: Math.round(quantile(pan.frames, 0.95) * 10) / 10,
        heapMb: Math.round(pan.heapMb * 10) / 10,
      })}\n`,
    );
  } finally {
    await browser.close();
    await app.stop();
  }
}

interface Paint {
  /** Milliseconds from the start of the navigation. */
  lcp: number;
  rows: number;
  /** The element that was the largest. */
  what: string;
}

async function paintOf(visitor: Visitor, path: string, until: string): Promise<Paint> {
  const { page, context } = visitor;
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await visitor.go(path);
  await page.locator(until).first().waitFor({ timeout: 60_000 });
  const rows = await page.evaluate<number>('performance.now()');
  await page.waitForLoadState('networkidle');
  const [lcp, what] = await page.evaluate<[number, string]>(`new Promise((resolve) =>
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      resolve([last.startTime, (last.element?.textContent ?? last.element?.tagName ?? 'what was replaced since').slice(0, 40)]);
    }).observe({ type: 'largest-contentful-paint', buffered: true }))`);
  return { lcp, rows, what };
}

/** Gzipped kilobytes of script that a desk has loaded by the time its list is there, without the map. */
async function scriptBefore(visitor: Visitor): Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  const keep = (response: Response) => {
    const path = new URL(response.url()).pathname;
    if (path.endsWith('.js') && !path.endsWith('/sw.js') && !WITH_THE_MAP.test(path))
      bodies.push(response.body());
  };
  visitor.page.on('response', keep);
  await visitor.go('/');
  await visitor.page.locator('[role=option]').first().waitFor({ timeout: 60_000 });
  visitor.page.off('response', keep);
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body, { level: 9 }).length);
  return sizes.reduce((a, b) => a + b, 0) / 1_000;
}

async function panning(visitor: Visitor, big: BigCity, seconds: number) {
  const { page, context } = visitor;
  await visitor.go('/');
  await page.locator('[role=option]').first().waitFor({ timeout: 120_000 });
  await page.locator('.maplibregl-canvas').waitFor({ timeout: 120_000 });
  await page.waitForLoadState('networkidle');
  let updates = 0;
  let moving = Promise.resolve();
  const timer = setInterval(() => {
    moving = moving.then(big.move).then(() => {
      updates += 1;
    });
  }, 1_000);
  try {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    const busy = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      // What the page's thread computes; it also waits for whoever paints.
      return metrics.find(({ name }) => name === 'ThreadTime')!.value * 1_000;
    };
    const busyBefore = await busy();
    const frames = await drag(page, seconds);
    const mainMsPerFrame = ((await busy()) - busyBefore) / frames.length;
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const renderer = await page.evaluate<string>(`(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      return gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : 'nothing';
    })()`);
    return { frames, updates, renderer, mainMsPerFrame, heapMb: usedSize / 1_000_000 };
  } finally {
    clearInterval(timer);
    await moving;
  }
}

/** Drags the map in circles; the durations of the frames meanwhile, milliseconds. */
async function drag(page: Page, seconds: number): Promise<number[]> {
  const box = (await page.locator('.maplibregl-canvas').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(`
    globalThis.__frames = [];
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
      globalThis.__frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    })`);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = Date.now() + seconds * 1_000;
  for (let step = 0; Date.now() < end; step++) {
    const angle = step / 20;
    await page.mouse.move(x + 200 * Math.sin(angle), y + 150 * (1 - Math.cos(angle)) - 150);
  }
  await page.mouse.up();
  return (await page.evaluate<number[]>('globalThis.__frames')).slice(1);
}
