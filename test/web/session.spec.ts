import type { BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from '../support/app.js';
import { eventually, PATIENCE_MS } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { inPage, PhoneStage } from './phone-stage.js';
import { CHEAP_TO_PAINT } from './visitor.js';

/** Everything that a script of the page can read of this origin, as text. */
const READABLE = `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])`;

/** What one opens to sign out, in either language. */
const MENU = /settings and sign-out|设置与退出/;

describeInBrowser('a log-in in the browser', () => {
  let stage: PhoneStage;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    stage = await PhoneStage.open();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    const screen = { ...CHEAP_TO_PAINT, viewport: { width: 1440, height: 900 } };
    context = await stage.browser.newContext({ ...screen, locale: 'en-GB' });
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
  });
  afterEach(() => context?.close());

  const app = () => stage.app;
  const city = () => stage.city;
  const desk = (tab: Page) => tab.getByRole('button', { name: MENU }).waitFor();
  const logIn = (tab: Page) => tab.getByRole('button', { name: /^(Sign in|登录)$/ }).waitFor();
  const enter = async (tab: Page, email: string) => {
    await tab.getByLabel('Email').fill(email);
    await tab.getByLabel(/^Password/).fill(PASSWORD);
    await tab.getByRole('button', { name: 'Sign in' }).click();
  };
  const sessionsOf = async (userId: string) => {
    const { body } = await city().org.as.admin.get<{ items: { id: string }[] }>(`sessions?userId=${userId}`);
    return body.items.map(({ id }) => id);
  };
  const signOut = async (tab: Page) => {
    await tab.getByRole('button', { name: MENU }).click();
    await tab.getByRole('button', { name: 'Sign out' }).click();
  };
  const refreshCookie = async () =>
    (await context.cookies(`${app().url}/api/v1/sessions`)).find(({ name }) => name.includes('refresh'));

  it('keeps its tokens where no script reads them, through reloads and in every tab', async () => {
    await page.goto(app().url);
    await enter(page, city().org.users.dispatcher.email);
    await desk(page);
    expect(await page.evaluate(READABLE)).not.toMatch(/ds[rd]_/);
    expect(await refreshCookie()).toMatchObject({
      httpOnly: true,
      sameSite: 'Strict',
      path: '/api/v1/sessions',
    });
    await page.reload();
    await desk(page);
    const second = await context.newPage();
    await second.goto(app().url);
    await desk(second);
    // Both rotate at once, again and again: neither takes the other for a thief.
    for (let i = 0; i < 4; i++) {
      await Promise.all([page.reload(), second.reload()]);
      await Promise.all([desk(page), desk(second)]);
    }
    await signOut(second);
    await Promise.all([logIn(page), logIn(second)]);
    expect(await refreshCookie()).toBeUndefined();
    await page.reload();
    await logIn(page);
  });

  it('opens the log-in page when the cookie has gone or the session was ended, and goes back to where one was', async () => {
    const { id, email } = city().org.users.area_manager;
    await page.goto(`${app().url}/setup/sessions`);
    await enter(page, email);
    await page.getByRole('heading', { name: 'Password and sessions' }).waitFor();
    await context.clearCookies();
    await page.reload();
    await logIn(page);
    await enter(page, email);
    await page.getByRole('heading', { name: 'Password and sessions' }).waitFor();
    for (const session of await sessionsOf(id)) await city().org.as.admin.delete(`sessions/${session}`);
    await logIn(page);
    await page.reload();
    await logIn(page);
  });

  it('moves a token of earlier pages out of the reach of scripts', async () => {
    const answer = await app().nobody.post<{ refreshToken: string }>('sessions', {
      email: city().org.users.auditor.email,
      password: PASSWORD,
    });
    const kept = JSON.stringify({ refreshToken: answer.body.refreshToken, refreshKey: 'of old' });
    await page.goto(`${app().url}/login`);
    await page.evaluate(`localStorage.setItem('doorstep.session', ${JSON.stringify(kept)})`);
    await page.goto(app().url);
    await desk(page);
    expect(await page.evaluate(READABLE)).not.toContain('dsr_');
    await page.reload();
    await desk(page);
  });

  it('shows nothing of the person before to whoever signs in in another tab', async () => {
    const { dispatcher, admin } = city().org.users;
    await page.goto(app().url);
    await enter(page, dispatcher.email);
    await desk(page);
    const before = await sessionsOf(dispatcher.id);
    const second = await context.newPage();
    await second.goto(app().url);
    await desk(second);
    await second.evaluate(`localStorage.removeItem('doorstep.session')`);
    await second.goto(`${app().url}/login`);
    // The first tab hears that its session has ended before the second knows who has signed in.
    const rechecked = page.waitForRequest('**/api/v1/sessions/refresh');
    await second.route('**/api/v1/me', async (route) => {
      await rechecked;
      await route.continue();
    });
    await enter(second, admin.email);
    await desk(second);
    await page.getByRole('button', { name: MENU }).click();
    await page.getByText(admin.email).waitFor();
    // The session that the cookie held before is over.
    await eventually(async () => (await sessionsOf(dispatcher.id)).length === before.length - 1);
  });

  it('speaks the account’s language from sign-in on, and keeps there what is chosen', async () => {
    const { as, users } = city().org;
    await as.quality_manager.patch('me', { locale: 'zh-CN' });
    await page.goto(app().url);
    await enter(page, users.quality_manager.email);
    await page.locator('html[lang=zh-CN]').waitFor();
    await page.getByRole('button', { name: MENU }).click();
    await page.getByText('English').click();
    await page.locator('html[lang=en]').waitFor();
    await eventually(
      async () => (await as.quality_manager.get<{ locale: string }>('me')).body.locale === 'en',
    );
    // Chosen before signing in, it counts for the account too.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await logIn(page);
    await page.getByText('简体中文').click();
    await page.getByLabel('邮箱').fill(users.quality_manager.email);
    await page.getByLabel(/^密码/).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('button', { name: MENU }).waitFor();
    await eventually(
      async () => (await as.quality_manager.get<{ locale: string }>('me')).body.locale === 'zh-CN',
    );
  });

  it('opens a worker’s phone without a line, goes on with one, and ends a session that was left without one', async () => {
    const worker = await city().worker();
    const phone = await stage.phone();
    await stage.signIn(phone.page, worker);
    await phone.page.waitForFunction(inPage.installed);
    await stage.cutLine(phone.page);
    await phone.page.reload();
    await phone.page.getByRole('heading', { name: 'Today' }).waitFor();
    await stage.mendLine(phone.page);
    await phone.page.reload();
    await phone.page.getByRole('heading', { name: 'Today' }).waitFor();
    const { body } = await worker.client.get<{ id: string }>('me');
    const before = await sessionsOf(body.id);

    await stage.cutLine(phone.page);
    await phone.page.goto(`${stage.urlOf(phone.page)}/phone/settings`);
    await phone.page.getByRole('button', { name: 'Log out' }).click();
    await logIn(phone.page);
    await phone.page.reload();
    await logIn(phone.page);
    expect(await sessionsOf(body.id)).toEqual(before);
    await stage.mendLine(phone.page);
    await eventually(async () => (await sessionsOf(body.id)).length === before.length - 1);
    await phone.page.reload();
    await logIn(phone.page);
    await phone.context.close();
  });

  it('tells inspectors and customers who they are and what will be here, and lets them out', async () => {
    for (const [role, words] of [
      ['inspector', 'Inspector'],
      ['customer', 'Customer'],
    ] as const) {
      await page.goto(app().url);
      await enter(page, city().org.users[role].email);
      await page.getByRole('heading', { name: `You are signed in as: ${words}` }).waitFor();
      await page.getByText('Coming here:').waitFor();
      // The desk is not theirs, and sends them back here once, not in a circle.
      await page.goto(`${app().url}/board`);
      await page.getByRole('heading', { name: `You are signed in as: ${words}` }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await logIn(page);
    }
  });

  it('begins a quality manager on a page of their own, which verifies the journal', async () => {
    await city().org.as.quality_manager.patch('me', { locale: 'en' });
    await page.goto(app().url);
    await logIn(page);
    await page.goto(`${app().url}/login`);
    await enter(page, city().org.users.quality_manager.email);
    await page.getByRole('heading', { name: 'Quality', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText(/Nothing was changed: \d+ facts verified/).waitFor();
    await page.getByText('Not built yet').waitFor();
  });

  it('lets anybody change their own password at the desk, and refuses a common one by name', async () => {
    const { as, users } = city().org;
    await as.auditor.patch('me', { locale: 'en' });
    await page.goto(`${app().url}/setup/sessions`);
    await enter(page, users.auditor.email);
    await page.getByRole('button', { name: 'Change password' }).click();
    const fill = async (now: string, then: string) => {
      await page.getByLabel(/^Current password/).fill(now);
      await page.getByLabel(/^New password(?! again)/).fill(then);
      await page.getByLabel(/^Repeat the new password/).fill(then);
      await page.getByRole('button', { name: 'Change password' }).click();
    };
    await fill(PASSWORD, 'Password123!');
    await page
      .getByText(/everybody tries first; choose another/)
      .first()
      .waitFor();
    await fill(PASSWORD, 'seven quiet herons');
    await page.getByText('Password changed.').waitFor();
    expect((await as.auditor.get('me')).status).toBe(401);
    await app().signIn(users.auditor.email, 'seven quiet herons');
  });
});
