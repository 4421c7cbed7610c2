import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD, type TestApp } from '../support/app.js';

const axeSource = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface DeskOptions {
  language?: 'en' | 'zh';
  context?: BrowserContextOptions;
}

/** A dispatcher at a desk: a browser of their own, signed in through the log-in page. */
export class DeskPage {
  /** Addresses outside the product's own origin that the pages asked for. */
  readonly outside: string[] = [];
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !/^(blob|data|about):/.test(url)) this.outside.push(url);
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  static async open(
    browser: Browser,
    app: TestApp,
    email: string,
    options: DeskOptions = {},
  ): Promise<DeskPage> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options.context,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const desk = new DeskPage(page, app.url);
    await page.addInitScript(`localStorage.setItem('doorstep.language', '${options.language ?? 'en'}')`);
    await page.goto(`${app.url}/login`);
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await desk.live();
    return desk;
  }

  /** The line is up. */
  async live(): Promise<void> {
    await this.page.locator('[data-state=live]').waitFor();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
    await this.live();
  }

  /** Rows of the list. */
  get rows() {
    return this.page.locator('[id^="row-"]');
  }

  row(text: string) {
    return this.rows.filter({ hasText: text });
  }

  get panel() {
    return this.page.getByRole('complementary');
  }

  /** What axe finds wrong with what is shown now, a line each. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
    });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
