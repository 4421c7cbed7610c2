import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { withLock } from '#scripts/lib/lock';

const installedNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** What Playwright switches off: of two lists the browser takes the last, so its own stands here again. */
const offForTests = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];
/** Pages of Chrome's own address bar, which nobody sees: hundreds of scripts for each context that a test opens. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];
const everywhere = ['--no-sandbox', '--disable-dev-shm-usage'].concat(
  `--disable-features=${[...offForTests, ...addressBar].join(',')}`,
);
/** The packaged browser has no GPU process of its own; WebGL comes from SwiftShader, which it also brings. */
const packaged = ['--no-zygote', '--in-process-gpu', '--use-gl=angle', '--use-angle=swiftshader'].concat(
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--headless=shell',
);

/** A new headless browser: `CHROMIUM_PATH`, else an installed Chromium, else the one that npm brings. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) return start(wanted, everywhere);
  const reasons: string[] = [];
  for (const path of installedNames.flatMap(onPath)) {
    try {
      return await start(path, everywhere);
    } catch (error) {
      reasons.push(firstLine(error));
    }
  }
  try {
    return await startPackaged();
  } catch (error) {
    throw new Error(`no browser starts here: ${[...reasons, firstLine(error)].join('; ')}`);
  }
}

/**
 * One line that says why no browser starts here, or undefined when one does. `npm test` asks it of the build.
 * @public
 */
export async function whyNoBrowser(): Promise<string | undefined> {
  try {
    const browser = await launchBrowser();
    await browser.close();
    return undefined;
  } catch (error) {
    return firstLine(error);
  }
}

/** A browser that opens but cannot show a page is no browser, so a page is opened before it is handed out. */
async function start(executablePath: string, args: string[], env = process.env): Promise<Browser> {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const browser = await chromium.launch({
    executablePath,
    args,
    env: known as Record<string, string>,
    timeout: 30_000,
  });
  try {
    const page = await browser.newPage();
    await page.close();
    return browser;
  } catch (error) {
    await browser.close().catch(() => undefined);
    throw error;
  }
}

/** Unpacked once into the temporary folder; on a machine without Chromium's system libraries those it brings are used. */
async function startPackaged(): Promise<Browser> {
  const { default: brought, inflate } = await import('@sparticuz/chromium');
  const path = await withLock(join(tmpdir(), 'doorstep-chromium.lock'), () => brought.executablePath());
  const args = [...everywhere, ...packaged];
  const env = { ...process.env, FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(tmpdir(), 'fonts') };
  try {
    return await start(path, args, env);
  } catch (error) {
    if (!/error while loading shared libraries/.test(String(error))) throw error;
  }
  const folder = dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@sparticuz/chromium'));
  await withLock(join(tmpdir(), 'doorstep-chromium.lock'), () =>
    inflate(join(folder, '../bin/al2023.tar.br')),
  );
  return start(path, args, { ...env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023/lib') });
}

function onPath(name: string): string[] {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return candidates.filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
