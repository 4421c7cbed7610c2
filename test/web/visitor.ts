import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import type { GeoPoint } from '#kernel';
import type { TestApp } from '../support/app.js';
import { PASSWORD } from '../support/app.js';
import { Client, eventually, PATIENCE_MS } from '../support/client.js';

export interface Look {
  /** Where the pages come from; the server itself by default. */
  url?: string;
  language?: 'en' | 'zh';
  dark?: boolean;
  device?: 'desk' | 'tablet' | 'phone';
  /** Where the device says it is. */
  at?: GeoPoint;
  /** With all its pixels. */
  sharp?: boolean;
  /** What the device takes for local time. */
  timeZone?: string;
}

const DEVICES: Record<'desk' | 'tablet' | 'phone', BrowserContextOptions> = {
  desk: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 1024, height: 768 }, hasTouch: true },
  phone: {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  },
};

/** A quarter of the pixels, since a test looks at none and a processor paints them all; nothing that moves. */
export const CHEAP_TO_PAINT = { deviceScaleFactor: 0.5, reducedMotion: 'reduce' } as const;

/** About a third of a second: what an answer leads to has been drawn, or has asked for more. */
const QUIET_LOOKS = 20;

/** One person at one screen, with a browser profile of their own. What they must never see is collected. */
export class Visitor {
  /** Addresses asked for outside the product. */
  readonly strayed: string[] = [];
  /** Exceptions that nobody caught, and what the content policy refused. */
  readonly broken: string[] = [];
  /** Every request of the API, as `GET /jobs?…`. */
  readonly asked: string[] = [];
  private readonly underWay = new Set<Request>();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
  ) {}

  /** Somebody nobody knows yet, on a blank page. */
  static async arrive(browser: Browser, app: TestApp, options: Look = {}): Promise<Visitor> {
    const visitor = await Visitor.open(browser, options.url ?? app.url, options, []);
    if (options.language === 'zh') await visitor.context.addInitScript(inPage.choseChinese);
    return visitor;
  }

  /** Somebody who logged in earlier: the browser holds what the log-in page leaves behind. */
  static async returning(
    browser: Browser,
    app: TestApp,
    email: string,
    options: Look = {},
  ): Promise<Visitor> {
    const answer = await app.nobody.post<{ accessToken: string; refreshToken: string }>('sessions', {
      email,
      password: PASSWORD,
    });
    if (answer.status !== 201) throw new Error(`cannot sign in ${email}: ${JSON.stringify(answer.body)}`);
    const { accessToken, refreshToken } = answer.body;
    if (options.language === 'zh') await new Client(app.url, accessToken).patch('me', { locale: 'zh-CN' });
    const url = options.url ?? app.url;
    const visitor = await Visitor.open(browser, url, options, [
      { name: 'doorstep.session', value: JSON.stringify({ refreshKey: `first ${email}` }) },
    ]);
    await visitor.context.addCookies([
      {
        name: `doorstep_refresh_${new URL(url).port}`,
        value: refreshToken,
        domain: new URL(url).hostname,
        path: '/api/v1/sessions',
        httpOnly: true,
        sameSite: 'Strict',
      },
    ]);
    return visitor;
  }

  private static async open(
    browser: Browser,
    url: string,
    { language = 'en', dark = false, device = 'desk', at, timeZone, sharp = false }: Look,
    kept: { name: string; value: string }[],
  ): Promise<Visitor> {
    const localStorage = [...kept, { name: 'doorstep.language', value: language }];
    const context = await browser.newContext({
      ...DEVICES[device],
      ...CHEAP_TO_PAINT,
      ...(sharp && { deviceScaleFactor: 1 }),
      timezoneId: timeZone,
      ...(at && {
        permissions: ['geolocation'],
        geolocation: { latitude: at.lat, longitude: at.lon, accuracy: 8 },
      }),
      colorScheme: dark ? 'dark' : 'light',
      storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const visitor = new Visitor(context, await context.newPage(), url);
    visitor.listen();
    return visitor;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** As a link inside the product does: the page stays, and only what it shows changes. */
  async goWithin(path: string): Promise<void> {
    await this.page.evaluate(`
      history.pushState(null, '', ${JSON.stringify(path)});
      dispatchEvent(new PopStateEvent('popstate', { state: null }))`);
  }

  /** Waits until nothing is asked for any more: not at this look, and not at any of the looks before it. */
  async settled(): Promise<void> {
    let quiet = 0;
    await eventually(async () => {
      quiet = this.underWay.size === 0 ? quiet + 1 : 0;
      return quiet > QUIET_LOOKS;
    });
  }

  private listen(): void {
    const home = new URL(this.url).host;
    const look = (address: string) => {
      const { protocol, host, pathname, search } = new URL(address);
      if (!['data:', 'blob:'].includes(protocol) && host !== home) this.strayed.push(address);
      return { pathname, search };
    };
    this.context.on('request', (request) => {
      this.underWay.add(request);
      const { pathname, search } = look(request.url());
      if (pathname.startsWith('/api/v1'))
        this.asked.push(`${request.method()} ${pathname.slice(7)}${search}`);
    });
    this.context.on('requestfinished', (request) => this.underWay.delete(request));
    this.context.on('requestfailed', (request) => this.underWay.delete(request));
    this.page.on('websocket', (socket) => look(socket.url()));
    this.page.on('pageerror', (error) => this.broken.push(String(error)));
    this.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.broken.push(message.text());
    });
  }
}

/** Scripts for the page, as text. */
const inPage = {
  /** As if they had chosen it on the log-in page of this tab. */
  choseChinese: `sessionStorage.setItem('doorstep.language.chosen', '{"language":"zh","userId":null}')`,
};
